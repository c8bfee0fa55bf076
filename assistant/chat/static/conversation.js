// The conversation: what the server gives anew is put in its place; copying, editing, judging, files.
import { filters } from "./narrow.js";
import { closeSource } from "./reader.js";
import { keepConversation } from "./saved.js";
import { announce, byId, questionBox, tell } from "./tell.js";

let seen = "";
let turnsSeen = 0;

// The server hands something over in #fresh: the last turn, the whole conversation, a word on an
// opinion, or a file.
export function bringFresh() {
  const handed = document.querySelector("#fresh [data-fresh]");
  if (handed && handed.dataset.serial !== seen) {
    seen = handed.dataset.serial;
    const { fresh } = handed.dataset;
    if (fresh === "file") saveFile(handed.dataset);
    else if (fresh === "told") tellOpinion(handed.dataset);
    else bringTurns(handed.dataset.content, fresh === "whole");
  }
  const guard = document.querySelector("#notice .guard:not([data-told])");
  if (guard) {
    guard.dataset.told = "1";
    byId("guard-title").focus();
  }
}

function bringTurns(html, isWhole) {
  const list = byId("conversation");
  const made = document.createElement("template");
  made.innerHTML = html;
  if (isWhole) list.replaceChildren();
  for (const turn of made.content.querySelectorAll(".turn")) {
    const shown = list.querySelector(`:scope > [data-turn="${CSS.escape(turn.dataset.turn)}"]`);
    const question = (one) => one.querySelector(".asked").textContent;
    if (shown && question(shown) !== question(turn)) list.replaceChildren(turn); // the server began anew
    else if (shown) merge(shown, turn);
    else list.append(turn);
  }
  follow(list);
}

// Change only what changed, so that what a person reads, opens or writes stays as it is.
function merge(shown, fresh) {
  for (const { name, value } of fresh.attributes) shown.setAttribute(name, value);
  const [olds, news] = [[...shown.children], [...fresh.children]];
  news.forEach((made, rank) => {
    const old = olds[rank];
    if (!old) shown.append(made);
    else if (old.isEqualNode(made)) return;
    else if (old.matches(".answer") && made.matches(".answer")) merge(old, made);
    else old.replaceWith(made);
  });
  for (const old of olds.slice(news.length)) old.remove();
}

function follow(list) {
  const turns = list.children;
  byId("welcome").hidden = turns.length > 0;
  if (turns.length < turnsSeen) {
    closeSource();
    window.scrollTo(0, 0);
  } else if (turns.length > turnsSeen) {
    const smooth = !window.matchMedia("(prefers-reduced-motion: reduce)").matches && turnsSeen > 0;
    turns[turns.length - 1].scrollIntoView({ block: "start", behavior: smooth ? "smooth" : "auto" });
  }
  turnsSeen = turns.length;
  document.body.classList.toggle("has-turns", turnsSeen > 0);
  const last = turns[turnsSeen - 1];
  if (last?.dataset.stage === "done") keepConversation([...turns]);
}

export function announceLast() {
  const last = byId("conversation")?.lastElementChild;
  if (last?.dataset.announce && last.dataset.announced !== last.dataset.announce) {
    last.dataset.announced = last.dataset.announce;
    announce(last.dataset.announce);
  }
}

export function edit(button) {
  const box = questionBox();
  box.value = button.closest(".turn").querySelector(".asked").textContent;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
}

export async function copy(button) {
  const before = button.textContent;
  let told = "Copié";
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    told = "Copie impossible\u00a0: sélectionnez le texte";
  }
  button.textContent = told;
  announce(told);
  setTimeout(() => { if (button.textContent === told) button.textContent = before; }, 2500);
}

const turnOf = (element) => Number(element.closest(".turn").dataset.turn);

export function sendOffered() {
  tell("click", { question: byId("guard-offered").value, filters: filters() });
  questionBox()?.focus({ preventScroll: true });
}

export function exportAs(button) {
  tell("select", { turn: turnOf(button), format: button.dataset.export });
  button.closest("details").open = false;
  button.closest("details").querySelector("summary").focus();
  announce("La fiche se prépare.");
}

function saveFile({ content, type, name }) {
  const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  announce(`Fiche téléchargée\u00a0: ${name}`);
}

export function sayOpinion(form) {
  const data = new FormData(form);
  const turn = turnOf(form);
  tell("submit", {
    turn,
    reason: data.get(`reason-${turn}`),
    word: data.get("word"),
    consent: data.has("consent"),
  });
}

function tellOpinion({ content, turn }) {
  const said = document.querySelector(`.turn[data-turn="${CSS.escape(turn)}"] .say`);
  if (!said) return;
  const told = document.createElement("p");
  told.className = "said-so";
  told.tabIndex = -1;
  told.textContent = content;
  said.replaceWith(told);
  told.focus();
  announce(told.textContent);
}
