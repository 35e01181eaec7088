// What the console's pages do besides being pages: search, counts, copying, the theme, passkeys.
// Without it every page still shows all that it has, and every form still works but those of passkeys.

const all = (selector, within = document) => [...within.querySelectorAll(selector)];
const one = (selector, within = document) => within.querySelector(selector);
const number = (value) => value.toLocaleString("en");
const count = (value, noun) => `${number(value)} ${noun}${value === 1 ? "" : "s"}`;
const wordsOf = (input) => input.value.toLowerCase().split(/\s+/).filter(Boolean);
const has = (text, words) => words.every((word) => text.includes(word));

function say(text) {
  one("#live").textContent = text;
}

function element(name, classes, ...children) {
  const made = document.createElement(name);
  made.className = classes;
  made.append(...children);
  return made;
}

/* The theme: a choice is kept in this browser, "system" is no choice. */
function themes() {
  const bar = one(".themes");
  const chosen = () => localStorage.getItem("theme") ?? "system";
  const show = () => {
    for (const button of all("button", bar)) {
      button.setAttribute("aria-pressed", String(button.dataset.theme === chosen()));
    }
  };
  bar.addEventListener("click", ({ target }) => {
    const theme = target.dataset.theme;
    if (theme) {
      theme === "system" ? localStorage.removeItem("theme") : localStorage.setItem("theme", theme);
      document.dispatchEvent(new Event("theme"));
      show();
    }
  });
  bar.hidden = false;
  show();
}

/* Menus close when something else is clicked, and by Escape, which gives the focus back. */
function menus() {
  const open = () => all(".menu[open]");
  document.addEventListener("click", ({ target }) => {
    open().filter((menu) => !menu.contains(target)).forEach((menu) => (menu.open = false));
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key === "Escape") {
      for (const menu of open()) {
        menu.open = false;
        one("summary", menu).focus();
      }
    }
  });
}

/* What cannot be done says why, also to who does not see the pointer. */
function refusals() {
  document.addEventListener("click", (event) => {
    const off = event.target.closest?.("[aria-disabled=true]");
    if (off) {
      event.preventDefault();
      say(off.title);
    }
  });
}

/* A list that a few words narrow. */
function narrowing(bar) {
  const input = one("input", bar);
  const found = one("[role=status]", bar);
  const sections = all(".narrowed").map((section) => ({
    section,
    rows: all("tbody > tr, .lines > li", section).map((row) => ({ row, text: row.textContent.toLowerCase() })),
  }));
  const narrow = () => {
    const words = wordsOf(input);
    let shown = 0;
    for (const { section, rows } of sections) {
      let here = 0;
      for (const { row, text } of rows) {
        row.hidden = !has(text, words);
        here += row.hidden ? 0 : 1;
      }
      section.hidden = here === 0;
      shown += here;
    }
    found.textContent = words.length === 0 ? "" : `${count(shown, bar.dataset.narrow)} found`;
  };
  input.addEventListener("input", narrow);
  bar.hidden = false;
  narrow();
}

/* The scopes of a new key: search, whole groups, and what the choice comes to. */
function picking(form) {
  const picker = one("#picker", form);
  const groups = all(".group", picker).map((group) => ({
    group,
    fold: one("details", group),
    tri: one(".tri", group),
    tally: one(".tally", group),
    wasOpen: one("details", group).open,
    rows: all(".choice", group).map((row) => {
      const box = one("input", row);
      return {
        row,
        box,
        implies: JSON.parse(box.dataset.implies),
        text: `${row.textContent} ${box.dataset.paths} ${one(".name", group).textContent}`.toLowerCase(),
      };
    }),
  }));
  const rows = groups.flatMap((each) => each.rows);
  const operations = all(".callable li", form).map((line) => ({ line, any: JSON.parse(line.dataset.any) }));
  const difference = one("[data-difference]", form);
  const everything = one('[name="access"][value="all"]', form);
  const reach = one("[data-reaching]", form);
  const reaches = all("[data-reach]", form).map((box) => ({ box }));

  const choose = (of, which) => {
    for (const { box, row } of of) {
      if (!box.disabled && !row.hidden) {
        box.checked = which === "all" || (which === "read" && box.dataset.access === "read");
      }
    }
    tell();
  };

  const tell = () => {
    const chosen = everything.checked ? rows : rows.filter(({ box }) => box.checked);
    const covered = new Set(chosen.flatMap(({ box, implies }) => [box.value, ...implies]));
    let inGroups = 0;
    for (const { tri, tally, rows: of } of groups) {
      const ticked = of.filter(({ box }) => box.checked).length;
      tri.checked = ticked === of.length;
      tri.indeterminate = ticked > 0 && ticked < of.length;
      tally.textContent = `${ticked} of ${of.length}`;
      inGroups += ticked > 0 ? 1 : 0;
    }
    const level = (access) => chosen.filter(({ box }) => box.dataset.access === access).length;
    const sum = everything.checked
      ? `All ${count(rows.length, "scope")} of today, and each one added later`
      : `${count(chosen.length, "scope")} in ${count(inGroups, "group")}`;
    one("[data-summary]", form).textContent =
      `${sum} · ${level("write")} can change data · ${level("danger")} destructive`;
    let callable = 0;
    for (const { line, any } of operations) {
      line.hidden = !any.some((together) => together.every((scope) => covered.has(scope)));
      callable += line.hidden ? 0 : 1;
    }
    one("[data-callable]", form).textContent =
      `Can call ${number(callable)} of ${count(operations.length, "operation")}`;
    if (reach) {
      const needed = covered.has("keys:issue") || covered.has("keys:verify") || reaches.some(({ box }) => box.checked);
      reach.hidden = !needed && !one(".fault", reach);
    }
    if (difference) {
      differ(chosen);
    }
  };

  const differ = (chosen) => {
    const had = ({ box }) => box.dataset.before === "yes";
    const everyApi = reaches.some(({ box }) => box.type === "radio" && box.checked);
    const reached = reaches.filter(({ box }) => box.checked && everyApi === (box.type === "radio"));
    const now = [...chosen, ...reached];
    const gains = now.filter((row) => !had(row));
    const loses = [...rows, ...reaches].filter((row) => had(row) && !now.includes(row));
    const item = (sign, word, kind) => ({ box }) =>
      element("li", kind,
        element("span", "", sign), element("span", "visually-hidden", ` ${word} `), " ", element("code", "", box.dataset.reach ?? box.value));
    const list = document.createElement("ul");
    list.tabIndex = 0;
    list.append(...gains.map(item("+", "gains", "gained")), ...loses.map(item("−", "loses", "lost")));
    const sums = element("p", "sums",
      element("span", "plus", `+${gains.length}`), " ", element("span", "minus", `−${loses.length}`),
      element("span", "visually-hidden", " gained and lost"));
    difference.replaceChildren(element("div", "difference",
      sums, gains.length + loses.length ? list : element("p", "quiet", "The same scopes.")));
  };

  const search = one("#search-scopes", picker);
  let searched = false;
  const narrow = () => {
    const words = wordsOf(search);
    let found = 0;
    for (const each of groups) {
      let here = 0;
      for (const { row, text } of each.rows) {
        row.hidden = !has(text, words);
        here += row.hidden ? 0 : 1;
      }
      each.group.hidden = here === 0;
      if (words.length > 0) {
        each.fold.open = true;
      } else if (searched) {
        each.fold.open = each.wasOpen;
      }
      found += here;
    }
    searched = words.length > 0;
    one(".none", picker).hidden = found > 0;
    one("#matches", picker).textContent = words.length === 0 ? "" : `${count(found, "scope")} found`;
  };

  search.addEventListener("input", narrow);
  search.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
    }
  });
  for (const { group, tri, rows: of } of groups) {
    tri.addEventListener("change", () => choose(of, tri.checked ? "all" : "none"));
    tri.hidden = false;
    one(".shortcuts", group).addEventListener("click", ({ target }) => {
      if (target.dataset.choose) {
        choose(of, target.dataset.choose);
      }
    });
  }
  for (const button of all(".tools [data-choose]", picker)) {
    button.addEventListener("click", () => choose(rows, button.dataset.choose));
  }
  for (const tools of all(".search, .shortcuts", picker)) {
    tools.hidden = false;
  }
  form.addEventListener("change", tell);
  narrow();
  tell();
}

/* Copies what a field or a list holds, and says so to eyes and ears. */
function copying(button, done) {
  const source = document.getElementById(button.dataset.copy);
  const said = one("[data-copied]", button.closest("[data-reveal]"));
  button.addEventListener("click", async () => {
    const text = source.value ?? all("code", source).map((each) => each.textContent).join("\n");
    try {
      await navigator.clipboard.writeText(text);
    } catch {
      source.select?.();
      say("This browser does not let the page copy. The text is selected: copy it with the keyboard.");
      return;
    }
    said.hidden = false;
    say("Copied.");
    done();
  });
  button.hidden = false;
}

/* A secret is shown: leaving asks once, until it is copied or said to be stored; then it is gone from the page. */
function revealing(box) {
  let safe = false;
  const ask = (event) => {
    if (!safe) {
      event.preventDefault();
    }
  };
  const settle = () => {
    safe = true;
    removeEventListener("beforeunload", ask);
  };
  addEventListener("beforeunload", ask);
  one("[data-stored]", box)?.addEventListener("click", settle);
  all("[data-copy]", box).forEach((button) => copying(button, settle));
  one("input[data-secret]", box)?.addEventListener("focus", ({ target }) => target.select());
  addEventListener("pagehide", () => {
    for (const secret of all("[data-secret]", box)) {
      secret.value = "";
      secret.removeAttribute("value");
      secret.replaceChildren();
    }
  });
  const tabs = one("[data-tabs]", box);
  if (tabs) {
    tabbing(tabs);
  }
  const verify = one("[data-verify]", box);
  if (verify) {
    verifying(verify, one("input[data-secret]", box));
  }
}

/* Sections that stand one after the other become tabs. */
function tabbing(box) {
  const panels = all("[data-tab]", box);
  const list = element("div", "tab-list");
  list.setAttribute("role", "tablist");
  list.setAttribute("aria-label", "Ways to use the token");
  const tabs = panels.map((panel) => {
    const tab = element("button", "", panel.dataset.tab);
    tab.type = "button";
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", panel.id);
    tab.id = `tab-${panel.id}`;
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", tab.id);
    one("h2", panel).hidden = true;
    return tab;
  });
  const show = (at) => {
    tabs.forEach((tab, i) => {
      tab.setAttribute("aria-selected", String(i === at));
      tab.tabIndex = i === at ? 0 : -1;
      panels[i].hidden = i !== at;
    });
  };
  list.append(...tabs);
  list.addEventListener("click", ({ target }) => tabs.includes(target) && show(tabs.indexOf(target)));
  list.addEventListener("keydown", ({ key, target }) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (step) {
      const next = (tabs.indexOf(target) + step + tabs.length) % tabs.length;
      show(next);
      tabs[next].focus();
    }
  });
  box.prepend(list);
  show(0);
}

/* Asks the server whose key the token is, as a caller would. */
function verifying(box, token) {
  const said = one("[role=status]", box);
  one("button", box).addEventListener("click", async () => {
    said.textContent = "Asking…";
    try {
      const answer = await fetch("/v1/whoami", {
        headers: { Authorization: `Bearer ${token.value}` },
        credentials: "omit",
        cache: "no-store",
      });
      said.textContent = answer.ok
        ? `It works: this is the key ${(await answer.json()).key.name}.`
        : `Refused with ${answer.status}, ${(await answer.json()).code}.`;
    } catch {
      said.textContent = "The server did not answer.";
    }
  });
  box.hidden = false;
}

/* Passkeys (WebAuthn, level 3): the form sends what the device answered. */
function passkeys(box) {
  if (!globalThis.PublicKeyCredential?.parseCreationOptionsFromJSON) {
    return;
  }
  const form = one("form", box);
  const said = one("[role=status]", box);
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value) {
      return;
    }
    event.preventDefault();
    const options = JSON.parse(box.dataset.options);
    try {
      const credential =
        box.dataset.passkey === "create"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
      form.elements.credential.value = JSON.stringify(credential.toJSON());
      form.requestSubmit();
    } catch {
      said.textContent = "The browser gave no passkey. Try again, or use another way.";
    }
  });
  form.hidden = false;
  one(".without", box)?.remove();
}

/* The code of a link is in its fragment, which no server sees; it is taken out of the address at once. */
function codeOfLink(form) {
  const code = location.hash.slice(1);
  if (code) {
    form.elements.code.value = decodeURIComponent(code);
    history.replaceState(null, "", location.pathname + location.search);
    if (form.dataset.code === "send") {
      form.requestSubmit();
    }
  }
}

themes();
menus();
refusals();
all("[data-narrow]").forEach(narrowing);
all("form.new-key").forEach(picking);
all("[data-reveal]").forEach(revealing);
all("[data-passkey]").forEach(passkeys);
all("form[data-code]").forEach(codeOfLink);
one(".faults[role=alert]")?.focus();
