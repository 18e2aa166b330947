// Rules that catch faults, and the promises of the page as rules: text is never markup, no style attribute, no network. None is about looks.
import globals from "globals";

// What a browser has as a global but a plain script means as a variable of its own that it forgot to declare.
const FORGOTTEN = ["name", "event", "status", "length", "top", "parent", "self", "find", "stop", "open", "close", "closed", "origin", "scroll", "focus", "blur", "print"];
const NETWORK = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts"];
const STORAGE = ["localStorage", "sessionStorage", "indexedDB", "caches", "cookieStore"];

const named = (names, message) => names.map((name) => ({ name, message }));
const ofWindow = (names, message) => names.map((property) => ({ object: "window", property, message }));
const asked = "The page asks the network for nothing.";
const kept = "A sandboxed frame refuses storage; the state of the page is its hash.";

const markup = "Text is never markup: make nodes with citemap.h and citemap.s.";
const attribute = "A strict Content-Security-Policy drops style and handler attributes: use node.style, a class, addEventListener.";
const MARKUP = [
  { selector: "MemberExpression[property.name=/^(innerHTML|outerHTML|srcdoc)$/]", message: markup },
  { selector: "MemberExpression[property.value=/^(innerHTML|outerHTML|srcdoc)$/]", message: markup },
  { selector: "CallExpression[callee.property.name=/^(insertAdjacentHTML|createContextualFragment|parseFromString|setHTMLUnsafe|parseHTMLUnsafe)$/]", message: markup },
];
const WRITTEN = [
  { selector: "CallExpression[callee.object.name='document'][callee.property.name=/^write(ln)?$/]", message: markup },
  { selector: "CallExpression[callee.property.name=/^setAttribute(NS)?$/] > Literal[value=/^(style|on[a-z]+)$/i]", message: attribute },
  { selector: "AssignmentExpression > MemberExpression.left[property.name=/^on[a-z]+$/]", message: "Use addEventListener: a handler that is assigned takes another's place." },
];

const FAULTS = {
  "array-callback-return": "error", "constructor-super": "error", "for-direction": "error", "getter-return": "error", "no-async-promise-executor": "error",
  "no-case-declarations": "error", "no-class-assign": "error", "no-compare-neg-zero": "error", "no-cond-assign": "error", "no-const-assign": "error",
  "no-constant-binary-expression": "error", "no-constant-condition": "error", "no-control-regex": "error", "no-debugger": "error",
  "no-delete-var": "error", "no-dupe-args": "error", "no-dupe-else-if": "error", "no-dupe-keys": "error", "no-duplicate-case": "error",
  "no-empty": "error", "no-empty-character-class": "error", "no-empty-pattern": "error", "no-ex-assign": "error", "no-fallthrough": "error",
  "no-func-assign": "error", "no-global-assign": "error", "no-invalid-regexp": "error", "no-irregular-whitespace": "error",
  "no-loss-of-precision": "error", "no-misleading-character-class": "error", "no-new-native-nonconstructor": "error", "no-obj-calls": "error",
  "no-prototype-builtins": "error", "no-redeclare": ["error", { builtinGlobals: false }], "no-self-assign": "error", "no-self-compare": "error",
  "no-setter-return": "error", "no-shadow-restricted-names": "error", "no-sparse-arrays": "error", "no-this-before-super": "error",
  "no-undef": "error", "no-undef-init": "error", "no-unexpected-multiline": "error", "no-unmodified-loop-condition": "error",
  "no-unreachable": "error", "no-unreachable-loop": "error", "no-unsafe-finally": "error", "no-unsafe-negation": "error",
  "no-unsafe-optional-chaining": "error", "no-unused-expressions": "error", "no-unused-labels": "error",
  "no-unused-private-class-members": "error", "no-unused-vars": "error", "no-use-before-define": ["error", { functions: false, variables: false }],
  "no-useless-assignment": "error", "no-useless-backreference": "error", "no-var": "error", "no-with": "error", "prefer-const": "error",
  "require-yield": "error", "use-isnan": "error", "valid-typeof": "error", eqeqeq: "error",
  "no-eval": "error", "no-implied-eval": "error", "no-new-func": "error", "no-script-url": "error",
};

export default [
  { ignores: ["**/vendor/**", ".venv/**", "build/**", "output/**"] },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  {
    files: ["layers/web/*.js"],
    languageOptions: { ecmaVersion: 2022, sourceType: "script", globals: { ...globals.browser, L: "readonly", citemap: "readonly" } },
    rules: {
      ...FAULTS,
      "no-console": "error",
      "no-implicit-globals": ["error", { lexicalBindings: true }],
      "no-restricted-globals": ["error", ...named(FORGOTTEN, "Not declared: this is a global of the browser."), ...named(NETWORK, asked), ...named(STORAGE, kept)],
      "no-restricted-properties": [
        "error",
        ...ofWindow(NETWORK, asked),
        ...ofWindow(STORAGE, kept),
        { property: "sendBeacon", message: asked },
        { object: "document", property: "cookie", message: kept },
      ],
      "no-restricted-syntax": ["error", ...MARKUP, ...WRITTEN],
    },
  },
  // The one name that every script adds to is made here.
  { files: ["layers/web/dom.js"], languageOptions: { globals: { citemap: "off" } }, rules: { "no-implicit-globals": "off" } },
  // folium's own templates hand popups over as markup that their author wrote in Python; the stand-in for jQuery has to read it.
  { files: ["layers/web/folium.js"], rules: { "no-restricted-syntax": ["error", ...WRITTEN] } },
  {
    files: ["eslint.config.mjs", "tests/web/*.mjs"],
    languageOptions: { ecmaVersion: "latest", sourceType: "module", globals: globals.nodeBuiltin },
    rules: { ...FAULTS, "no-script-url": "off" },
  },
];
