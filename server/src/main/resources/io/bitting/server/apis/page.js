// Narrows the page to the operations and scopes that have all of the words. Without it the page is whole.
const bar = document.querySelector(".filter");
const input = document.querySelector("#filter");
const found = document.querySelector("#found");
const none = document.querySelector(".none");

const groups = [...document.querySelectorAll(".group")].map((section) => ({
  section,
  entry: document.querySelector(`nav a[href="#${CSS.escape(section.querySelector("h3").id)}"]`)?.parentElement,
  rows: [...section.querySelector("ul").children].map((row) => ({
    row,
    operation: row.classList.contains("operation"),
    text: [...row.querySelectorAll(":scope > :not(details)")].map((part) => part.textContent).join(" ").toLowerCase(),
  })),
}));
const all = groups.flatMap((group) => group.rows);
const total = all.filter((one) => one.operation).length;

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function narrow() {
  const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
  let operations = 0;
  let scopes = 0;
  for (const group of groups) {
    let shown = 0;
    for (const one of group.rows) {
      const here = words.every((word) => one.text.includes(word));
      one.row.hidden = !here;
      if (here) {
        shown += 1;
        one.operation ? (operations += 1) : (scopes += 1);
      }
    }
    group.section.hidden = shown === 0;
    if (group.entry) {
      group.entry.hidden = shown === 0;
    }
  }
  none.hidden = operations + scopes > 0;
  found.textContent =
    words.length === 0 ? "" : `${operations} of ${count(total, "operation")}, ${count(scopes, "scope")}`;
}

function clear() {
  input.value = "";
  narrow();
}

// A link leads to its place although the filter hides it.
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target?.closest("[hidden]")) {
    clear();
    target.scrollIntoView();
  }
}

input.addEventListener("input", narrow);
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape") {
    clear();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement !== input) {
    event.preventDefault();
    input.focus();
  }
});
window.addEventListener("hashchange", reveal);

bar.hidden = false;
if (input.value) {
  narrow();
}
