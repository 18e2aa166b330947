// Reads what `layers/_packing.py` writes: bytes in base64, numbers as differences, texts as the ranks of their words.
(function (cm) {
  cm.bytesOf = function (text) {
    const raw = atob(text), bytes = new Uint8Array(raw.length);
    for (let i = 0; i < raw.length; i++) bytes[i] = raw.charCodeAt(i);
    return bytes;
  };

  // Raw deflate, undone by the browser itself.
  cm.inflate = async function (text) {
    const packed = new Blob([cm.bytesOf(text)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
    return new Uint8Array(await new Response(packed).arrayBuffer());
  };

  // `count` whole numbers from a place in the bytes on; they go into `out`, and the place behind them is handed back.
  cm.readNumbers = function (bytes, at, count, out) {
    let last = 0;
    for (let i = 0; i < count; i++) {
      let byte = bytes[at++], value = byte & 127;
      for (let scale = 128; byte > 127; scale *= 128) {
        byte = bytes[at++];
        value += (byte & 127) * scale;
      }
      last += value % 2 ? -(value + 1) / 2 : value / 2;
      out[i] = last;
    }
    return at;
  };

  const ONE = 159, LONG = 160, ESCAPE = 255;

  // The texts of one block: bytes that name words of the list, or a character by its code point.
  cm.readTexts = function (bytes, words) {
    const texts = [];
    let text = "";
    for (let at = 0; at < bytes.length; ) {
      const byte = bytes[at++];
      if (byte === 0) {
        texts.push(text);
        text = "";
      } else if (byte < LONG) text += words[byte - 1];
      else if (byte < ESCAPE) text += words[ONE + (byte - LONG) * 256 + bytes[at++]];
      else {
        text += String.fromCodePoint((bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2]);
        at += 3;
      }
    }
    return texts;
  };

  // A store of texts that stay packed until one of them is asked for. `block(i)` hands over the bytes of a block, `words()` the list, `first` the number of
  // each block's first text; the block asked for last is kept, since neighbours on the map are neighbours here.
  cm.textStore = function (words, first, block) {
    const kept = new Map();
    const open = function (i) {
      if (!kept.has(i)) {
        if (kept.size > 7) kept.delete(kept.keys().next().value);
        kept.set(i, Promise.all([words(), block(i)]).then(([list, bytes]) => cm.readTexts(bytes, list)));
      }
      return kept.get(i);
    };
    return async function (number) {
      let i = first.length - 1;
      while (first[i] > number) i--;
      return (await open(i))[number - first[i]];
    };
  };
})(citemap);
