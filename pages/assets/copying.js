// Buttons that copy. data: {choices: [{label, title, plain, html}]}; html is "" where plain text alone is copied
const shown = new WeakMap();

export default function ({ data, parentElement }) {
  const group = parentElement.querySelector(".buttons");
  const said = parentElement.querySelector(".said");
  if (!group || !said) return;
  const labels = JSON.stringify(data.choices.map((choice) => [choice.label, choice.title]));
  if (shown.get(parentElement) !== labels) {
    shown.set(parentElement, labels);
    group.replaceChildren(
      ...data.choices.map((choice) => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = choice.label;
        button.title = choice.title;
        return button;
      }),
    );
  }
  [...group.children].forEach((button, index) => {
    button.onclick = async () => {
      const done = await copy(data.choices[index]);
      said.textContent = done ? "Copied" : "Press Ctrl+C";
      clearTimeout(said.timer);
      said.timer = setTimeout(() => (said.textContent = ""), 4000);
    };
  });
}

async function copy({ plain, html }) {
  try {
    if (!html) {
      await navigator.clipboard.writeText(plain);
    } else {
      const blob = (text, type) => new Blob([text], { type });
      const item = { "text/plain": blob(plain, "text/plain"), "text/html": blob(html, "text/html") };
      await navigator.clipboard.write([new ClipboardItem(item)]);
    }
    return true;
  } catch {
    return copyTheOldWay(plain, html);
  }
}

// plain http to an address other than localhost has no navigator.clipboard
function copyTheOldWay(plain, html) {
  const fill = (event) => {
    event.preventDefault();
    event.clipboardData.setData("text/plain", plain);
    if (html) event.clipboardData.setData("text/html", html);
  };
  document.addEventListener("copy", fill, { once: true });
  try {
    return document.execCommand("copy");
  } finally {
    document.removeEventListener("copy", fill);
  }
}
