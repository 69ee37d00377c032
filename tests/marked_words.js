// Arguments: a screenshot (PNG, base64), a colour (red, green, blue). Returns what it shows marked.
const [png, colour, done] = arguments;

async function pixels() {
  const bytes = Uint8Array.from(atob(png), (character) => character.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
  context.drawImage(bitmap, 0, 0);
  return context.getImageData(0, 0, bitmap.width, bitmap.height);
}

function blockAround(node) {
  let element = node.parentElement;
  while (element.parentElement && /^(inline|contents|ruby)/.test(getComputedStyle(element).display))
    element = element.parentElement;
  return element;
}

function read({ data, width, height }) {
  const isMarked = (index) => colour.every((value, channel) => data[index + channel] === value);
  const isMarkedAt = (x, y) =>
    x >= 0 && y >= 0 && x < width && y < height &&
    isMarked(4 * (Math.floor(y) * width + Math.floor(x)));
  // Letters cover some of the colour, but not all of it.
  const isInside = (box) =>
    [0.2, 0.5, 0.8].some((x) => [0.1, 0.3, 0.5, 0.7, 0.9].some(
      (y) => isMarkedAt(box.left + x * box.width, box.top + y * box.height)));
  const isShown = getComputedStyle(document.body).visibility === "visible";
  const found = { words: "", ids: [], around: [], isShown };
  let count = 0;
  for (let index = 0; index < data.length; index += 4) count += isMarked(index);
  if (!count) return found;

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  const segmenter = new Intl.Segmenter();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!node.parentElement.checkVisibility()) continue;
    range.selectNodeContents(node);
    const box = range.getBoundingClientRect();
    if (!box.width || box.bottom < 0 || box.top > innerHeight) continue;
    let words = "";
    for (const { segment, index } of segmenter.segment(node.data)) {
      range.setStart(node, index);
      range.setEnd(node, index + segment.length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      if (boxes.some(isInside) || (words && !boxes.length)) words += segment;
    }
    if (words.trim()) {
      found.ids.push(node.parentElement.closest("[id]")?.id ?? "");
      found.around.push(blockAround(node).textContent);
    }
    found.words += words;
  }
  return found;
}

pixels().then((image) => done(read(image)), (error) => done({ error: String(error) }));
