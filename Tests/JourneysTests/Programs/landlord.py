#!/usr/bin/env python3
"""A landlord with a fault that is planted on request: landlord.py FAULT. Without one it is the landlord of the examples."""
import json
import random
import sys

fault = sys.argv[1] if len(sys.argv) > 1 else "none"
TENANCY, NEED = "hyresvard.internal.tenancy.v1", "skatteverket.need.tenancy.v1"


def tenancy(event, known):
    dwelling = event.get("data", {}).get("addressRef", "")
    change = event.get("changetype")
    if change is None:
        return None if known and known["holds"] else {"head": event["id"], "dwelling": dwelling, "holds": True}
    if not known or event.get("previousid") != known["head"]:
        return None
    if change == "CORRECTED":
        return {**known, "head": event["id"], "dwelling": dwelling}
    if change == "CEASED":
        return {"head": event["id"], "dwelling": dwelling, "holds": False, "before": known}
    if fault == "ignores-annulment":
        return None
    return known.get("before") or {"head": event["id"], "dwelling": "", "holds": False}


def need(event, known):
    data = {"caseRef": event["data"]["caseRef"], "asker": event["source"].removeprefix("/agency/")}
    if event.get("purpose") != "population-registration":
        data |= {"status": "refused", "refusal": "wrongPurpose"}
    else:
        rents = bool(known and known["holds"] and known["dwelling"] == event["data"].get("addressRef"))
        data |= {"status": "answered", "rents": "yes" if rents else "no"}
    effect = {"publish": "hyresvard.answer.tenancy.v1", "data": data}
    if "purpose" in event:
        effect["purpose"] = event["purpose"]
    if fault == "wrong-causation":
        effect["cause"] = "something-else"
    if fault == "random-ids":
        data["caseRef"] = f"case-{random.randrange(10 ** 9)}"
    if fault == "answers-too-late":
        effect["due"] = {"days": 30}
    if fault == "undeclared-topic":
        effect["publish"] = "skatteverket.death.v1"
    if fault == "over-discloses" and data["status"] == "answered":
        data["monthlyRent"] = 9_000
    return [effect]


def answer(question):
    event, known, n = question.get("event"), question.get("case"), question["n"]
    if event and event["type"] == TENANCY and event["source"] == "/agency/" + question["agency"]:
        after = tenancy(event, known)
        if after:
            return {"n": n, "outcome": "handled", "case": after}
    elif event and event["type"] == NEED:
        if question["agency"] in event["data"]["asked"]:
            return {"n": n, "outcome": "handled", "effects": need(event, known)}
    elif event and event["type"] != TENANCY and fault == "dies-on-an-unknown-type":
        raise KeyError(event["type"])
    return {"n": n, "outcome": "ignored"}


answers = []
for line in sys.stdin:
    if line != "\n":
        answers.append(json.dumps(answer(json.loads(line))))
        continue
    if fault == "lost-order":
        answers.reverse()
    print("\n".join(answers), flush=True)
    answers = []
