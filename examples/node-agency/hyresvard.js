#!/usr/bin/env node
// Landlords (hyresvärdar) as a program: who rents which dwelling. They answer the population register's order, and
// nobody else. One question a line in, one answer a line out (docs/adapter-protocol.md); nothing is kept between two
// questions but `case`, which the host hands back.
"use strict";
const readline = require("node:readline");

const TENANCY = "hyresvard.internal.tenancy.v1", NEED = "skatteverket.need.tenancy.v1", ANSWER = "hyresvard.answer.tenancy.v1";
const PURPOSE = "population-registration";

// A tenancy begins, is corrected, ends or never was; what follows an event that is not known yet waits for it.
function tenancy(event, known) {
  const dwelling = (event.data || {}).addressRef || "";
  if (!event.changetype) {
    return known && known.holds ? null : { head: event.id, dwelling, holds: true };
  }
  if (!known || event.previousid !== known.head) return null;
  if (event.changetype === "CORRECTED") return { ...known, head: event.id, dwelling };
  if (event.changetype === "CEASED") return { head: event.id, dwelling, holds: false, before: known };
  return known.before ? known.before : { head: event.id, dwelling: "", holds: false };
}

function need(event, known) {
  const asker = event.source.replace("/agency/", "");
  const reply = { caseRef: event.data.caseRef, asker };
  if (event.purpose !== PURPOSE) return { ...reply, status: "refused", refusal: "wrongPurpose" };
  const rents = known && known.holds && known.dwelling === event.data.addressRef;
  return { ...reply, status: "answered", rents: rents ? "yes" : "no" };
}

function answer(question) {
  const { n, agency, event } = question, known = question.case;
  if (event && event.type === TENANCY && event.source === `/agency/${agency}`) {
    const after = tenancy(event, known);
    if (after) return { n, outcome: "handled", case: after };
  }
  if (event && event.type === NEED && event.data.asked.includes(agency)) {
    const data = need(event, known);
    const effect = { publish: ANSWER, data };
    if (event.purpose) effect.purpose = event.purpose;
    return { n, outcome: "handled", effects: [effect] };
  }
  return { n, outcome: "ignored" };
}

let answers = "";
readline.createInterface({ input: process.stdin }).on("line", (line) => {
  if (line !== "") {
    answers += JSON.stringify(answer(JSON.parse(line))) + "\n";
  } else { // No more questions until these are answered.
    process.stdout.write(answers);
    answers = "";
  }
});
