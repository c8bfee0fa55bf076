// Conversations kept in this browser, only when a person switches it on: their questions, a name, an
// end date. Switched off, everything kept is deleted.
import { announce, byId, tell } from "./tell.js";

const KEY = "tisserand.conversations";
const DAY = 86_400_000;
const DURATIONS = [[7, "une semaine"], [30, "un mois"], [90, "trois mois"]];
let current = ""; // the id of the conversation on screen

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    if (!kept || !Array.isArray(kept.items)) return null;
    const items = kept.items.filter((item) => item.until > Date.now());
    return items.length === kept.items.length ? kept : write({ ...kept, items });
  } catch {
    return null;
  }
}

function write(kept) {
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    announce("Ce navigateur refuse de garder les conversations.");
  }
  return kept;
}

export function keepConversation(turns) {
  const kept = read();
  if (!kept) return;
  const questions = turns.filter((turn) => turn.dataset.stage === "done").map((turn) => turn.querySelector(".asked").textContent);
  if (turns.length === 1 && turns[0].dataset.kept !== current) current = "";
  const found = kept.items.find((item) => item.id === current);
  if (found) found.questions = questions;
  else {
    current = crypto.randomUUID?.() ?? String(Date.now());
    turns[0].dataset.kept = current;
    kept.items.unshift({ id: current, name: questions[0].slice(0, 80), date: Date.now(), until: Date.now() + kept.days * DAY, questions });
  }
  write(kept);
  render();
}

export function showSaved() {
  const place = byId("saved");
  if (place && !place.childElementCount) render();
}

const acts = {
  on() {
    const kept = read();
    if (!kept) write({ days: 30, items: [] });
    else if (!kept.items.length || window.confirm("Effacer toutes les conversations gardées\u00a0?")) {
      localStorage.removeItem(KEY);
      current = "";
    }
    render();
    byId("saved").querySelector("[data-saved=on]").focus();
  },
  days(field) {
    const kept = read();
    const days = Number(field.value);
    write({ ...kept, days, items: kept.items.map((item) => ({ ...item, until: item.date + days * DAY })) });
    render();
    byId("saved").querySelector("[data-saved=days]").focus();
  },
  open(button, item, kept) {
    current = item.id;
    tell("input", { questions: item.questions });
    document.querySelector('#tabs [role="tab"]').click();
    const wait = setInterval(() => {
      const first = byId("conversation").firstElementChild;
      if (first) { first.dataset.kept = item.id; clearInterval(wait); }
    }, 50);
    setTimeout(() => clearInterval(wait), 15000);
  },
  rename(button, item, kept) {
    const name = window.prompt("Nom de la conversation", item.name);
    if (name?.trim()) item.name = name.trim().slice(0, 80);
    write(kept);
    render();
  },
  forget(button, item, kept) {
    if (item.id === current) current = "";
    write({ ...kept, items: kept.items.filter((other) => other.id !== item.id) });
    render();
    byId("saved").querySelector("[data-saved=on]").focus();
    announce("Conversation supprimée.");
  },
};

export function savedAct(pressed) {
  const kept = read();
  const item = kept?.items.find((one) => one.id === pressed.closest("[data-id]")?.dataset.id);
  acts[pressed.dataset.saved](pressed, item, kept);
}

const element = (tag, values = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(values)) {
    if (name.startsWith("data-") || name.startsWith("aria-")) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
};

function render() {
  const place = byId("saved");
  if (!place) return;
  const kept = read();
  const on = element("input", { type: "checkbox", id: "saved-on", checked: Boolean(kept), "data-saved": "on" });
  const label = element("label", { className: "switch" }, on, element("span", {}, "Garder mes conversations dans ce navigateur"));
  place.replaceChildren(label);
  if (!kept) return;
  const days = element("select", { id: "saved-days", "data-saved": "days" },
    ...DURATIONS.map(([value, name]) => element("option", { value, selected: value === kept.days }, name)));
  place.append(element("p", { className: "saved-days" }, element("label", { htmlFor: "saved-days" }, "Les effacer au bout de"), " ", days));
  if (!kept.items.length) return void place.append(element("p", {}, "Aucune conversation gardée pour l’instant."));
  const find = element("input", { type: "search", id: "saved-find", autocomplete: "off" });
  find.addEventListener("input", sift);
  place.append(element("p", { className: "saved-find" }, element("label", { htmlFor: "saved-find" }, "Retrouver"), " ", find));
  place.append(element("ul", { className: "saved-list" }, ...kept.items.map(entry)));
}

const day = (time) => new Date(time).toLocaleDateString("fr-FR", { day: "numeric", month: "long", year: "numeric" });

function entry(item) {
  const count = `${item.questions.length} question${item.questions.length > 1 ? "s" : ""}`;
  const button = (act, words) => element("button", { type: "button", "data-saved": act, "aria-label": `${words}\u00a0: ${item.name}` }, words);
  return element("li", { "data-id": item.id },
    element("p", { className: "saved-name" }, item.name),
    element("p", { className: "saved-about" }, `${count}, ${day(item.date)}, effacée le ${day(item.until)}`),
    element("p", { className: "saved-acts" }, button("open", "Rouvrir"), button("rename", "Renommer"), button("forget", "Supprimer")));
}

function sift() {
  const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  const wanted = plain(byId("saved-find").value);
  const kept = read();
  for (const row of document.querySelectorAll(".saved-list [data-id]")) {
    const item = kept?.items.find((one) => one.id === row.dataset.id);
    row.hidden = !item || !plain([item.name, ...item.questions].join(" ")).includes(wanted);
  }
}
