extension ScenarioSchema {
    static let values = #"""
            "variable": {"type": "string", "pattern": "\\$"},
            "name": {"type": "string", "pattern": "^[a-z][a-z0-9]*(-[a-z0-9]+)*$|\\$"},
            "scalar": {"type": ["string", "number", "boolean"]},
            "flag": {"anyOf": [{"type": "boolean"}, {"$ref": "#/$defs/variable"}]},
            "count": {"anyOf": [{"type": "integer", "minimum": 0}, {"$ref": "#/$defs/variable"}]},
            "time": {"type": "string", "minLength": 1, "examples": ["2026-03-02T06:30", "+3d", "notice +1mo 08:00", "end"]},
            "span": {"type": "string", "pattern": "^[+]?[0-9]{1,5}(h|d|w|mo|wd)$|\\$", "examples": ["5wd", "36h"]},
            "person": {"type": "string"},
            "agency": "@AGENCY",
            "type": "@TYPE",
            "matcher": {
              "type": "object",
              "description": "A condition in the place of a value.",
              "minProperties": 1,
              "propertyNames": {"enum": "@MATCHERS"}
            },
            "tile": {"anyOf": [{"enum": "@TILES"}, {"$ref": "#/$defs/variable"}]},
            "code": {"anyOf": [{"enum": "@CODES"}, {"$ref": "#/$defs/variable"}]},
            "codes": {"anyOf": [{"$ref": "#/$defs/code"}, {"$ref": "#/$defs/code-matcher"}]},
            "code-matcher": {
              "type": "object",
              "description": "A condition in the place of a code.",
              "minProperties": 1,
              "properties": {
                "one_of": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/code"}},
                "none_of": {"type": "array", "minItems": 1, "items": {"$ref": "#/$defs/code"}},
                "not": {"$ref": "#/$defs/code"}
              },
              "additionalProperties": false
            },
            "reason": {"type": ["string", "object"]}
        """#

    static let given = #"""
            "given": {
              "type": "object",
              "properties": {
                "use": {"type": "array", "items": {"type": "string"}, "description": "Blocks of persons and agencies."},
                "citizens": {"$ref": "#/$defs/citizens"},
                "organisations": {"type": "array", "items": {"type": "string"}, "description": "Firms and associations."},
                "households": {"type": "object", "additionalProperties": {"type": "array", "items": {"$ref": "#/$defs/person"}}},
                "agencies": {"$ref": "#/$defs/agencies"},
                "facts": {"type": "array", "items": {"$ref": "#/$defs/fact"}},
                "rules": {"type": "object", "description": "Values of rules, as --set gives them to a run.", "additionalProperties": {"$ref": "#/$defs/count"}}
              },
              "additionalProperties": false
            },
            "citizens": {"type": "object", "additionalProperties": {"$ref": "#/$defs/citizen"}},
            "citizen": {
              "type": "object",
              "properties": {
                "template": {"anyOf": [{"enum": "@TEMPLATES"}, {"$ref": "#/$defs/variable"}]},
                "unborn": {"$ref": "#/$defs/flag"},
                "born": {"type": "string"},
                "number": {"type": "string", "description": "A synthetic personal number; it is in no message."},
                "parents": {"type": "array", "items": {"$ref": "#/$defs/person"}},
                "protected_identity": {"$ref": "#/$defs/flag"},
                "municipality": {"type": "string", "description": "A code; then the register has an entry of the person."},
                "civil_status": {"type": "string"},
                "desk": {"type": "string", "description": "No person, but an office of an agency: kommun-1780/boende."},
                "spouse": {"$ref": "#/$defs/person"},
                "married": {"type": "string", "description": "Since when, written beside the spouse."}
              },
              "additionalProperties": false
            },
            "agencies": {
              "anyOf": [
                {"type": "array", "items": {"$ref": "#/$defs/agency"}},
                {"type": "object", "propertyNames": {"$ref": "#/$defs/agency"}, "additionalProperties": {"anyOf": [{"enum": "@PARTS"}, {"$ref": "#/$defs/variable"}, {"$ref": "#/$defs/program"}]}}
              ]
            },
            "program": {
              "type": "object",
              "required": ["exec"],
              "properties": {
                "exec": {"type": "string", "description": "A program on standard input that plays the agency, from this file's folder."},
                "branch": {"type": "string", "description": "The branch that it plays."}
              },
              "additionalProperties": false
            },
            "fact": {
              "type": "object",
              "required": ["fact", "for"],
              "allOf": "@FACT_RULES",
              "properties": {
                "fact": {"$ref": "#/$defs/type"},
                "for": {"$ref": "#/$defs/person"},
                "from": {"$ref": "#/$defs/agency"},
                "occurred": {"$ref": "#/$defs/time"},
                "data": {"type": "object"}
              },
              "additionalProperties": false
            }
        """#

    static let steps = #"""
            "step": {
              "type": "object",
              "allOf": "@STEP_RULES",
              "properties": {
                "id": {"$ref": "#/$defs/name"},
                "at": {"$ref": "#/$defs/time"},
                "publish": {"$ref": "#/$defs/type", "description": "What an agency says."},
                "corrects": {"type": "string", "description": "The step whose message has other values now."},
                "annuls": {"type": "string", "description": "The step whose message was never true."},
                "ceases": {"type": "string", "description": "The step whose message holds no more."},
                "citizen": {"$ref": "#/$defs/person", "description": "Who does something."},
                "action": {"anyOf": [{"enum": "@ACTIONS"}, {"$ref": "#/$defs/variable"}]},
                "to": {"$ref": "#/$defs/agency"},
                "on": {
                  "description": "What is answered: a message, from which `at` counts, or the tile that a citizen sees.",
                  "if": {"type": "object", "required": ["message"]},
                  "then": {"$ref": "#/$defs/answered"},
                  "else": {
                    "type": "object",
                    "required": ["tile", "code"],
                    "properties": {
                      "for": {"$ref": "#/$defs/person"}, "tile": {"$ref": "#/$defs/tile"},
                      "code": {"$ref": "#/$defs/code"}, "agency": {"$ref": "#/$defs/agency"}
                    },
                    "additionalProperties": false
                  }
                },
                "form": {"type": "string", "description": "With the action file: move-notice, name, estate-inventory."},
                "from": {"$ref": "#/$defs/agency"},
                "for": {"$ref": "#/$defs/person", "description": "Whom it is about."},
                "occurred": {"$ref": "#/$defs/time"},
                "purpose": {"type": "string", "description": "What a need or an answer is for: financial-aid."},
                "data": {"type": "object"},
                "expect": {"$ref": "#/$defs/expect"},
                "use": {"type": "string", "description": "A group of steps."},
                "with": {"type": "object", "additionalProperties": {"$ref": "#/$defs/scalar"}}
              },
              "additionalProperties": false,
              "oneOf": [
                {"required": ["expect"], "not": {"required": ["at"]}},
                {"required": ["use", "at"]},
                {"required": ["citizen", "action", "at"]},
                {
                  "required": ["at"],
                  "not": {"anyOf": [{"required": ["expect"]}, {"required": ["use"]}, {"required": ["citizen"]}]},
                  "anyOf": [
                    {"required": ["publish", "for"]}, {"required": ["corrects"]}, {"required": ["annuls"]},
                    {"required": ["ceases"]}
                  ]
                }
              ]
            }
        """#

    static let expectations = #"""
            "answered": {
              "allOf": [{"$ref": "#/$defs/pattern"}],
              "properties": {
                "after": {"type": "string", "description": "The step from which the window runs."},
                "as": {"type": "string", "description": "A name for the message, as $need: the answer says $need.month.", "pattern": "^[$]?[a-z]"},
                "within": {"$ref": "#/$defs/span"},
                "by": {"$ref": "#/$defs/time"},
                "until": {"$ref": "#/$defs/time"}
              },
              "unevaluatedProperties": false
            },
            "expect": {
              "type": "object",
              "allOf": "@EXPECT_RULES",
              "properties": {
                "message": {"$ref": "#/$defs/type"},
                "none": {"$ref": "#/$defs/type"},
                "dead_letter": {"$ref": "#/$defs/type"},
                "for": {"$ref": "#/$defs/person"},
                "from": {"$ref": "#/$defs/agency"},
                "in": {"$ref": "#/$defs/agency"},
                "reason": {"$ref": "#/$defs/reason"},
                "caused_by": {"type": "string"},
                "change": {"anyOf": [{"enum": "@CHANGES"}, {"$ref": "#/$defs/variable"}]},
                "data": {"type": "object", "description": "What the payload contains; it may contain more."},
                "exactly": {"type": "object", "description": "What the payload is."},
                "status": {
                  "type": "object",
                  "required": ["for", "tile", "code"],
                  "properties": {
                    "for": {"$ref": "#/$defs/person"}, "tile": {"$ref": "#/$defs/tile"},
                    "agency": {"$ref": "#/$defs/agency"},
                    "code": {"anyOf": [{"$ref": "#/$defs/codes"}, {"const": "absent"}]},
                    "about": {"$ref": "#/$defs/person"},
                    "data": {"type": "object", "description": "What the tile says besides, as text and deadline."}
                  },
                  "additionalProperties": false
                },
                "count": {"$ref": "#/$defs/counted"},
                "order": {"type": "array", "minItems": 2, "items": {"$ref": "#/$defs/reference"}},
                "any_order": {
                  "type": "array", "minItems": 2, "items": {"$ref": "#/$defs/reference"},
                  "description": "A message of its own for each entry, in whatever order."
                },
                "latency": {
                  "type": "object",
                  "required": ["from", "to", "at_most"],
                  "properties": {
                    "from": {"$ref": "#/$defs/reference"}, "to": {"$ref": "#/$defs/reference"},
                    "at_most": {"$ref": "#/$defs/span"}
                  },
                  "additionalProperties": false
                },
                "refusal": {
                  "type": "object",
                  "required": ["of"],
                  "properties": {
                    "of": {"type": "string"}, "agency": {"$ref": "#/$defs/agency"}, "reason": {"$ref": "#/$defs/reason"}
                  },
                  "additionalProperties": false
                },
                "after": {"type": "string", "description": "The step from which the window runs."},
                "as": {"type": "string", "description": "A name for the message, as $decision: later steps say $decision.from.", "pattern": "^[$]?[a-z]"},
                "within": {"$ref": "#/$defs/span"},
                "by": {"$ref": "#/$defs/time"},
                "until": {"$ref": "#/$defs/time"}
              },
              "additionalProperties": false,
              "oneOf": [
                {"required": ["message"]}, {"required": ["none"]}, {"required": ["status"]}, {"required": ["count"]},
                {"required": ["order"]}, {"required": ["any_order"]}, {"required": ["latency"]},
                {"required": ["dead_letter"]}, {"required": ["refusal"]}
              ]
            },
            "pattern": {
              "type": "object",
              "allOf": "@PATTERN_RULES",
              "required": ["message"],
              "properties": {
                "message": {"$ref": "#/$defs/type"},
                "for": {"$ref": "#/$defs/person"},
                "from": {"$ref": "#/$defs/agency"},
                "caused_by": {"type": "string"},
                "change": {"anyOf": [{"enum": "@CHANGES"}, {"$ref": "#/$defs/variable"}]},
                "data": {"type": "object"},
                "exactly": {"type": "object"}
              }
            },
            "counted": {
              "allOf": [{"$ref": "#/$defs/pattern"}],
              "oneOf": [
                {"required": ["equals"], "not": {"anyOf": [{"required": ["at_least"]}, {"required": ["at_most"]}]}},
                {"anyOf": [{"required": ["at_least"]}, {"required": ["at_most"]}], "not": {"required": ["equals"]}}
              ],
              "properties": {
                "equals": {"$ref": "#/$defs/count"}, "at_least": {"$ref": "#/$defs/count"},
                "at_most": {"$ref": "#/$defs/count"}
              },
              "unevaluatedProperties": false
            },
            "reference": {
              "anyOf": [
                {"type": "string", "description": "A step's id, or a message type."},
                {"allOf": [{"$ref": "#/$defs/pattern"}], "unevaluatedProperties": false}
              ]
            },
            "tiles": {
              "type": "object",
              "propertyNames": {"$ref": "#/$defs/tile"},
              "additionalProperties": {
                "anyOf": [
                  {"$ref": "#/$defs/codes"},
                  {"const": "absent"},
                  {"$ref": "#/$defs/row"},
                  {"type": "array", "items": {"$ref": "#/$defs/row"}},
                  {
                    "type": "object",
                    "propertyNames": {"$ref": "#/$defs/agency"},
                    "additionalProperties": {"anyOf": [{"$ref": "#/$defs/codes"}, {"const": "absent"}]}
                  }
                ]
              }
            },
            "row": {
              "type": "object",
              "required": ["code"],
              "properties": {
                "tile": {"$ref": "#/$defs/tile"}, "code": {"$ref": "#/$defs/codes"},
                "about": {"$ref": "#/$defs/person"}, "agency": {"$ref": "#/$defs/agency"},
                "text": {"$ref": "#/$defs/reason"},
                "deadline": {"$ref": "#/$defs/reason"}, "nextDate": {"$ref": "#/$defs/reason"}
              },
              "additionalProperties": false
            },
            "then": {
              "type": "object",
              "properties": {
                "status": {"type": "object", "additionalProperties": {"$ref": "#/$defs/tiles"}},
                "page": {
                  "type": "object",
                  "description": "All that a citizen sees at the end: these rows and no other.",
                  "additionalProperties": {"type": "array", "items": {"$ref": "#/$defs/row"}}
                },
                "status_as_of": {
                  "type": "array",
                  "items": {
                    "type": "object",
                    "required": ["at"],
                    "properties": {"at": {"$ref": "#/$defs/time"}},
                    "additionalProperties": {"$ref": "#/$defs/tiles"}
                  }
                },
                "invariants": {"type": "array", "items": {"enum": "@INVARIANTS"}},
                "count": {
                  "anyOf": [
                    {"$ref": "#/$defs/counted"}, {"type": "array", "items": {"$ref": "#/$defs/counted"}}
                  ]
                }
              },
              "additionalProperties": false
            }
        """#

    static let faults = #"""
            "fault": {
              "type": "object",
              "required": ["id"],
              "properties": {
                "id": {"$ref": "#/$defs/name"},
                "agency": {"$ref": "#/$defs/agency"},
                "message": {"type": "string", "description": "A message type, or several: skatteverket.*"},
                "for": {"$ref": "#/$defs/person"},
                "outage": {"$ref": "#/$defs/fault-window"},
                "slow": {"$ref": "#/$defs/fault-delay"},
                "late": {"$ref": "#/$defs/fault-delay"},
                "duplicate": {
                  "allOf": [{"$ref": "#/$defs/fault-bounds"}],
                  "properties": {"times": {"$ref": "#/$defs/count"}},
                  "unevaluatedProperties": false
                },
                "reordered": {"anyOf": [{"$ref": "#/$defs/flag"}, {"$ref": "#/$defs/fault-window"}]},
                "corrupt": {
                  "allOf": [{"$ref": "#/$defs/fault-bounds"}],
                  "properties": {"times": {"$ref": "#/$defs/count"}, "nth": {"$ref": "#/$defs/count"}},
                  "unevaluatedProperties": false
                },
                "broker": {
                  "allOf": [{"$ref": "#/$defs/fault-bounds"}],
                  "properties": {
                    "down": {"$ref": "#/$defs/flag"},
                    "latency": {"$ref": "#/$defs/count", "description": "Milliseconds of real time."},
                    "error": {"enum": "@FAILURES"},
                    "request": {"enum": "@REQUESTS"},
                    "times": {"$ref": "#/$defs/count"}
                  },
                  "unevaluatedProperties": false
                }
              },
              "additionalProperties": false,
              "oneOf": [
                {"required": ["agency", "outage"]}, {"required": ["agency", "slow"]}, {"required": ["message", "duplicate"]},
                {"required": ["message", "late"]}, {"required": ["message", "reordered"]},
                {"required": ["message", "corrupt"]}, {"required": ["broker"]}
              ]
            },
            "fault-bounds": {
              "type": "object",
              "properties": {"from": {"$ref": "#/$defs/time"}, "for": {"$ref": "#/$defs/span"}}
            },
            "fault-window": {"allOf": [{"$ref": "#/$defs/fault-bounds"}], "unevaluatedProperties": false},
            "fault-delay": {
              "allOf": [{"$ref": "#/$defs/fault-bounds"}],
              "required": ["by"],
              "properties": {"by": {"$ref": "#/$defs/span"}},
              "unevaluatedProperties": false
            }
        """#
}
