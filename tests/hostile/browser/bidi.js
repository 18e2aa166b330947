// Words of the page that stand behind a sign of DATA's that turns the direction, inside the same isolate: these would be turned as well.
(() => {
  const found = [], walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const turns = /[\u202a-\u202e\u2066-\u2069]/;
  const alone = (node) => /isolate|plaintext/.test(getComputedStyle(node).unicodeBidi) || /^(flex|grid|inline-block|block|list-item|table-cell)$/.test(getComputedStyle(node).display);
  const own = (node) => [...node.childNodes].map((child) => (child.nodeType === 3 ? child.data : child.nodeType === 1 && !alone(child) ? own(child) : " ")).join("");
  while (walk.nextNode()) {
    const text = walk.currentNode;
    if (!turns.test(text.data) || text.parentNode.closest("script, style")) continue;
    let isolate = text.parentNode;
    while (isolate.parentNode && !alone(isolate)) isolate = isolate.parentNode;
    // What is open where the text of the isolate ends its last DATA: overrides and embeddings that no isolate around them ends.
    const open = [], words = own(isolate);
    let turned = "";
    for (const sign of words) {
      if (/[\u2066-\u2068]/.test(sign)) open.push("isolate");
      else if (/[\u202a\u202b\u202d\u202e]/.test(sign)) open.push("turn");
      else if (sign === "\u2069" && open.includes("isolate")) open.length = open.lastIndexOf("isolate");
      else if (sign === "\u202c" && open.at(-1) === "turn") open.pop();
      else if (open.includes("turn")) turned += sign;
    }
    const rest = turned.replaceAll("DATA", "").replaceAll(/ (here|site|plan|there, it says|And)\b|They plan /g, "");
    if (/\p{L}{2}/u.test(rest)) found.push(`${isolate.localName}.${isolate.className}: ${rest.slice(0, 80)}`);
  }
  return found;
})()
