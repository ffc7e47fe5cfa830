// Show numbered notes with marks. data: {lines: [[[text, mark], ...], ...], lit: [line numbers]}
const shown = new WeakMap();

export default function ({ data, parentElement }) {
  const box = parentElement.querySelector(".scroll");
  const list = parentElement.querySelector(".lines");
  const text = JSON.stringify(data);
  if (!box || !list || shown.get(parentElement) === text) return;
  shown.set(parentElement, text);
  const lit = new Set(data.lit);
  const items = data.lines.map((parts, index) => {
    const item = document.createElement("li");
    if (lit.has(index + 1)) item.className = "lit";
    const number = document.createElement("span");
    number.className = "number";
    number.textContent = String(index + 1);
    const line = document.createElement("span");
    line.className = "text";
    for (const [words, mark] of parts) {
      if (!mark) {
        line.append(words);
        continue;
      }
      const piece = document.createElement("mark");
      piece.className = mark;
      piece.textContent = words;
      line.append(piece);
    }
    item.append(number, line);
    return item;
  });
  list.replaceChildren(...items);
  const first = items[Math.min(...data.lit) - 1];
  if (first) {
    const above = first.offsetTop < box.scrollTop;
    const below = first.offsetTop + first.offsetHeight > box.scrollTop + box.clientHeight;
    if (above || below) box.scrollTop = Math.max(0, first.offsetTop - box.clientHeight / 3);
  }
}
