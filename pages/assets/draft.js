// Show a draft whose sentences can be pressed.
// data: {sections: [{heading, bullets, sentences: [{i, parts: [[text, mark]], where, bare, says}]}], picked}
const shown = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  const root = parentElement.querySelector(".draft");
  if (!root) return;
  const text = JSON.stringify(data.sections);
  if (shown.get(parentElement) !== text) {
    shown.set(parentElement, text);
    root.replaceChildren(...data.sections.flatMap(section));
  }
  for (const sentence of root.querySelectorAll(".sentence")) {
    const index = Number(sentence.dataset.index);
    sentence.setAttribute("aria-pressed", String(index === data.picked));
    sentence.onclick = () => {
      // words that are being marked to copy are no press
      if (String(getSelection()).length === 0) setTriggerValue("picked", index);
    };
    sentence.onkeydown = (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      setTriggerValue("picked", index);
    };
  }
}

function section({ heading, bullets, sentences }) {
  const made = [];
  if (heading) made.push(element("h3", heading));
  const body = element(bullets ? "ul" : "p");
  for (const [number, sentence] of sentences.entries()) {
    const span = element("span");
    span.className = sentence.bare ? "sentence bare" : "sentence";
    span.dataset.index = sentence.i;
    span.setAttribute("role", "button");
    span.tabIndex = 0;
    span.title = sentence.says;
    for (const [words, mark] of sentence.parts) {
      if (!mark) {
        span.append(words);
        continue;
      }
      const piece = element("mark", words);
      piece.className = mark;
      span.append(piece);
    }
    const where = element("sup", sentence.where);
    where.className = "where";
    where.setAttribute("aria-hidden", "true");
    if (sentence.where) span.append(where);
    if (bullets) {
      const item = element("li");
      item.append(span);
      body.append(item);
    } else {
      if (number) body.append(" ");
      body.append(span);
    }
  }
  made.push(body);
  return made;
}

function element(name, words = "") {
  const made = document.createElement(name);
  if (words) made.textContent = words;
  return made;
}
