"use strict";
(() => {
  const form = document.getElementById("filters");
  const count = document.getElementById("count");
  const questions = [...document.querySelectorAll("details.question")];
  const plain = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();
  const texts = new Map(questions.map((one) => [one, plain(one.textContent)]));
  const kept = (one, wanted) => {
    for (const [name, value] of wanted) {
      if (!value) continue;
      if (name === "words" && !texts.get(one).includes(plain(value))) return false;
      if (name === "faulty" && one.dataset.faulty !== "yes") return false;
      if ((name === "type" || name === "outcome") && one.dataset[name] !== value) return false;
      if (["tag", "document", "speaker"].includes(name) && !one.dataset[name].includes(`|${value}|`)) return false;
    }
    return true;
  };
  const apply = () => {
    const wanted = [...new FormData(form)];
    let shown = 0;
    for (const one of questions) {
      one.hidden = !kept(one, wanted);
      shown += one.hidden ? 0 : 1;
    }
    count.textContent = `${shown} question${shown > 1 ? "s" : ""} sur ${questions.length}`;
  };
  form.hidden = false;
  form.addEventListener("input", apply);
  form.addEventListener("change", apply);
  form.addEventListener("submit", (event) => event.preventDefault());
  apply();
})();
