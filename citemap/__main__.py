"""``python -m citemap``: the command line."""

from citemap._commands import main

if __name__ == "__main__":
    main()
