"""Plans as a figure for print."""
