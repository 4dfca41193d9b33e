#if arch(x86_64)
    import Glibc
    import JSON
    import Testing

    @testable import JSONSchema

    /// How much memory the allocator has handed out.
    private enum Heap {
        /// Bytes in use, in the heap and mapped; nil where glibc is older than 2.33.
        ///
        /// `mallinfo2` is not in Swift's module of glibc. It returns a structure of ten words, for which the caller
        /// of x86-64 passes an address first; hence only there.
        static var usedBytes: Int? {
            typealias Function = @convention(c) (UnsafeMutableRawPointer) -> UnsafeMutableRawPointer?
            guard let symbol = dlsym(dlopen(nil, RTLD_NOW), "mallinfo2") else { return nil }
            let function = unsafeBitCast(symbol, to: Function.self)
            return withUnsafeTemporaryAllocation(of: Int.self, capacity: 10) { fields in
                _ = function(UnsafeMutableRawPointer(fields.baseAddress!))
                return fields[4] + fields[7]
            }
        }

        /// By how much memory in use grows while a thread of its own does something.
        ///
        /// A new thread has no freed pieces at hand: each size that is asked for, even if it is freed at once, is cut
        /// from the heap and then kept by the thread as in use. So what is allocated and freed shows too, up to 1,032
        /// bytes a piece; larger ones show only while they are held.
        static func growth(during body: @escaping () -> Void) -> Int? {
            final class Work {
                let body: () -> Void
                var growth: Int?
                init(_ body: @escaping () -> Void) { self.body = body }
            }
            let work = Work(body)
            var thread = pthread_t()
            let context = Unmanaged.passUnretained(work).toOpaque()
            let error = pthread_create(
                &thread, nil,
                { context in
                    let work = Unmanaged<Work>.fromOpaque(context!).takeUnretainedValue()
                    guard let before = Heap.usedBytes else { return nil }
                    work.body()
                    work.growth = Heap.usedBytes.map { $0 - before }
                    return nil
                }, context)
            guard error == 0 else { return nil }
            pthread_join(thread, nil)
            return work.growth
        }
    }

    @Suite struct AllocationTests {
        private static let schema = ##"""
            {"type":"object","required":["id","type","subject","data"],"additionalProperties":false,
            "properties":{"id":{"format":"uuid"},"type":{"enum":["a","b","c","d","e","f","skatteverket.birth.v1"]},
            "source":{"type":"string","format":"uri"},"subject":{"pattern":"^[a-zåäö]{16}$"},
            "time":{"format":"date-time"},"data":{"$ref":"#/$defs/birth"}},"propertyNames":{"maxLength":20},
            "$defs":{"birth":{"type":"object","required":["birthDate","names","guardians"],
            "dependentSchemas":{"names":{"minProperties":2}},"dependentRequired":{"weight":["birthDate"]},
            "patternProperties":{"^x":false},"properties":{"birthDate":{"format":"date"},
            "weight":{"type":"number","minimum":0.1,"exclusiveMaximum":9.5,"multipleOf":0.001},
            "names":{"type":"array","minItems":1,"uniqueItems":true,"contains":{"const":"Åsa"},
            "items":{"type":"string","minLength":1,"maxLength":80}},"sex":{"oneOf":[{"const":"F"},{"const":"M"}]},
            "guardians":{"prefixItems":[{"type":"string"}],"items":{"anyOf":[{"type":"null"},{"type":"string"}]}},
            "place":{"if":{"required":["county"]},"then":{"properties":{"county":{"type":"integer"}}},
            "else":{"not":{"type":"object"}}}}}}}
            """##
        private static let event = #"""
            {"id":"2eb8aa08-aa98-11ea-b4aa-73b441d16380","type":"skatteverket.birth.v1",
            "source":"https://example.org/agency/skatteverket","subject":"abcdåfghijklmnop",
            "time":"2026-06-30T12:00:00.000+02:00","data":{"birthDate":"2026-06-30","weight":3.415,
            "names":["\u00c5sa","Maria","Åsa-Maria"],"sex":"F","guardians":["abcdefghijklmnop",null,"qrstuvwxyzabcdef"],
            "place":{"county":12,"hospital":"Skånes universitetssjukhus"}}}
            """#

        /// Besides the event, one schema for each kind of check.
        private static let samples = [
            (schema, event), (#"{"pattern":"^[^åä]*[å-ö]\\W"}"#, #""abcå!""#), (#"{"pattern":"b$"}"#, #""\u0061b""#),
            (#"{"enum":["a",[1],{"b":null}]}"#, #"{"b":null}"#), (#"{"minLength":5,"maxLength":8}"#, #""ååååå""#),
            (#"{"type":"integer","maximum":1e400,"multipleOf":3e20}"#, "9e399"),
            (#"{"uniqueItems":true}"#, #"[1,"a",{"b":[1]},{"b":[2]},5,6,7,8,9,10,11,12,13,14,15,16]"#),
            (#"{"not":{"anyOf":[{"allOf":[{"const":1}]},{"oneOf":[true,true]}]}}"#, "2"),
            (##"{"additionalProperties":{"$ref":"#"}}"##, #"{"a":{"a":{"a":{"a":{"a":{}}}}}}"#),
            (#"{"contains":{"type":"null"},"minContains":2,"maxContains":2}"#, "[null,1,null]"),
            (#"{"format":"uri"}"#, #""https://[::1]:80/%20?a#b""#),
            (#"{"format":"date-time"}"#, #""2016-12-31T23:59:60Z""#),
        ]

        /// In a process of its own, in which nothing else runs.
        @Test func `whether a valid value is valid is found out without an allocation`() async throws {
            let result = await #expect(processExitsWith: .success, observing: [\.standardErrorContent]) {
                for sample in Self.samples {
                    let schema = try Sample.schema(sample.0)
                    try JSONTape.reading(sample.1) { value in
                        // What Swift makes once for each type is made here.
                        try #require(schema.isValid(value))
                        var valid = 0
                        let growth = Heap.growth { for _ in 0..<1_000 where schema.isValid(value) { valid += 1 } }
                        if valid < 1_000 || growth != 0 { Self.tell("\(growth ?? -1) bytes: \(sample.0)\n") }
                    }
                }
                Self.tell("done\n")
            }
            let told = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
            #expect(told.hasSuffix("done\n") && !told.contains("bytes: "), "\(told)")
        }

        private static func tell(_ text: String) {
            _ = Array(text.utf8).withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
        }

        @Test func `an allocation is seen although it is freed at once`() async {
            await #expect(processExitsWith: .success) {
                var sum = 0
                let growth = Heap.growth { for size in 1...3 { sum += Array(repeating: size, count: size).count } }
                #expect(sum == 6)
                #expect((growth ?? 0) > 0)
            }
        }
    }
#endif
