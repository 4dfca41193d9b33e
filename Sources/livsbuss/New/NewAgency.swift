/// The program and the journeys that `livsbuss new` writes.
enum NewAgency {
    static func program(_ owner: String) -> String {
        #"""
        #!/usr/bin/env python3
        """An agency as a program: decides an application after five working days.

        One question a line in, one answer a line out: docs/adapter-protocol.md of Livsbuss. It keeps nothing between two
        questions: what it must remember is `case`, which the host keeps and hands back.
        """
        import json
        import sys


        def application(question, event, case):
            if case and "from" in case:
                return {"outcome": "refused", "reason": "comes while another application is in hand"}
            if event["data"]["filedBy"] != event["subject"]:
                return {"outcome": "refused", "reason": "is not filed by the applicant"}
            return {
                "outcome": "handled",
                "case": {"ref": "case-" + question["today"], "from": event["data"]["from"]},
                "effects": [{"timer": "decide", "due": {"workingDays": 5, "hour": 8}}]}


        def decide(question, case):
            return {
                "outcome": "handled",
                "case": {},
                "effects": [{
                    "publish": "@OWNER@.decision.v1", "as": "decision",
                    "data": {"caseRef": case["ref"], "from": case["from"]}}]}


        def answer(question):
            event, case = question.get("event"), question.get("case")
            if event and event["type"] == "@OWNER@.filing.application.v1":
                return application(question, event, case)
            if question.get("timer") == "decide":
                return decide(question, case)
            return {"outcome": "ignored"}


        for line in sys.stdin:
            if line == "\n":  # No more questions until these are answered.
                sys.stdout.flush()
            else:
                question = json.loads(line)
                print(json.dumps({"n": question["n"], **answer(question)}))

        """#.replacing("@OWNER@", with: owner)
    }

    static func scenario(_ owner: String) -> String {
        """
        # Somebody applies, and gets a decision after five working days. A second application meanwhile is refused.
        scenario: \(owner)
        version: 1
        start: Mon 2026-03-02T00:00

        given:
          citizens:
            applicant: {}
          agencies:
            \(owner): {exec: ./\(owner).py}

        steps:
          - id: application
            at: +1d 10:00
            citizen: applicant
            action: apply
            to: \(owner)
            data: {from: 2026-04-01}
          - {id: again, at: +2d 10:00, citizen: applicant, action: apply, to: \(owner), data: {from: 2026-05-01}}
          - expect: {message: \(owner).decision.v1, for: applicant, data: {from: 2026-04-01}, within: 8d}

        then:
          count: {message: \(owner).decision.v1, equals: 1}
        until: +30d

        """
    }

    static func journey(_ name: String) -> String {
        """
        # A student applies for aid for a spring, and gets it.
        scenario: \(name)
        version: 1
        start: Mon 2026-01-05T00:00

        given:
          citizens:
            student: {}
          agencies: [csn]

        steps:
          - id: application
            at: +1d 20:15
            citizen: student
            action: apply
            to: csn
            data: {from: 2026-02-02, to: 2026-06-07, extent: 100, loan: false}
          - expect: {message: csn.study-aid.v1, for: student, data: {from: 2026-02-02}, within: 16wd}

        then:
          status:
            student: {study-aid: U6}
        until: +40d

        """
    }
}
