#!/usr/bin/env python3
"""Kammarkollegiet as a program: names who acts for the Inheritance Fund in an estate without heirs.

One question a line in, one answer a line out (docs/adapter-protocol.md). It keeps nothing between two questions: what
it must remember is `case`, which the host keeps and hands back.
"""
import json
import sys

HEIRLESS, REPRESENTATIVE = "kommun.heirless.v1", "kammarkollegiet.representative.v1"
# The lawyer on whom the agency relies: no person of a scenario.
LAWYER = "phkhbrkcjhqbjfnm"


def estate(question, event, case):
    """A municipality has found that an estate has no heirs, or that it was wrong."""
    if case is None and "changetype" not in event:
        source = event["source"].removeprefix("/agency/")
        return "handled", {"told": event["id"], "kommun": source}, [
            {"timer": "appoint", "due": {"workingDays": 10, "hour": 8}}]
    if case and case.get("told") and event.get("previousid") == case["told"] and event["changetype"] == "ANNULLED":
        effects = [{"cancel": "appoint"}]
        if case.get("named"):
            effects.append({
                "publish": REPRESENTATIVE, "changetype": "ANNULLED", "previousid": "representative",
                "data": {"reasonCode": event["data"]["reasonCode"]}})
        return "handled", None, effects
    return "ignored", case, []


def appoint(question, case):
    """Ten working days have passed: a representative is named."""
    return "handled", case | {"named": True}, [{
        "publish": REPRESENTATIVE, "as": "representative",
        "data": {"from": question["today"], "representative": LAWYER, "concerns": ["skatteverket", case["kommun"]]}}]


def answer(question):
    event, case = question.get("event"), question.get("case")
    if event and event["type"] == HEIRLESS:
        outcome, case, effects = estate(question, event, case)
    elif question.get("timer") == "appoint":
        outcome, case, effects = appoint(question, case)
    else:
        return {"n": question["n"], "outcome": "ignored"}
    if outcome == "ignored":
        return {"n": question["n"], "outcome": outcome}
    return {"n": question["n"], "outcome": outcome, "case": case, "effects": effects}


for line in sys.stdin:
    if line == "\n":  # No more questions until these are answered.
        sys.stdout.flush()
    else:
        print(json.dumps(answer(json.loads(line))))
