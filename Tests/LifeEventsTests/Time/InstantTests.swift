import Foundation
import LifeEvents
import Testing

@Suite struct InstantTests {
    @Test(
        arguments: [
            (0, "1970-01-01T00:00:00.000Z"),
            (1_772_434_800_000, "2026-03-02T07:00:00.000Z"),
            (1_772_434_800_009, "2026-03-02T07:00:00.009Z"),
            (951_782_399_999, "2000-02-28T23:59:59.999Z"),
            (951_782_400_000, "2000-02-29T00:00:00.000Z"),
            (-1, "1969-12-31T23:59:59.999Z"),
            (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
            (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
        ] as [(Int64, String)])
    func `an instant has one text, read and written`(milliseconds: Int64, text: String) {
        #expect(Instant(milliseconds: milliseconds).description == text)
        #expect(Instant(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        ("2026-03-02T08:00:00+01:00", "2026-03-02T07:00:00.000Z"),
        ("2026-03-02T07:00:00Z", "2026-03-02T07:00:00.000Z"),
        ("2026-03-02t07:00:00z", "2026-03-02T07:00:00.000Z"),
        ("2026-03-02T07:00:00.1Z", "2026-03-02T07:00:00.100Z"),
        ("2026-03-02T07:00:00.12Z", "2026-03-02T07:00:00.120Z"),
        ("2026-03-02T07:00:00.123999999Z", "2026-03-02T07:00:00.123Z"),
        ("1969-12-31T23:59:59.9999Z", "1969-12-31T23:59:59.999Z"),
        ("2026-01-01T00:30:00.000+05:45", "2025-12-31T18:45:00.000Z"),
        ("2025-12-31T23:30:00-23:59", "2026-01-01T23:29:00.000Z"),
        ("2026-03-02T07:00:00-00:00", "2026-03-02T07:00:00.000Z"),
    ])
    func `every RFC 3339 form is read and cut to milliseconds`(text: String, canonical: String) {
        #expect(Instant(text)?.description == canonical)
    }

    @Test(arguments: [
        "", "2026-03-02", "2026-03-02T07:00:00", "2026-03-02T07:00:00.000", "2026-03-02 07:00:00.000Z",
        "2026-03-02T07:00:00.Z", "2026-03-02T07:00:00.1234567890Z", "2026-03-02T07:00:60.000Z",
        "2026-03-02T07:60:00.000Z", "2026-03-02T24:00:00.000Z", "2026-02-29T07:00:00.000Z", "2026-13-02T07:00:00.000Z",
        "2026-00-02T07:00:00.000Z", "2026-03-00T07:00:00.000Z", "2026-03-02T07:00:00.000Zz",
        " 2026-03-02T07:00:00.000Z",
        "2026-03-02T07:00:00.000+1:00", "2026-03-02T07:00:00.000+0100", "2026-03-02T07:00:00+24:00",
        "2026-03-02T07:00:00+01:60", "2026-03-02T07:00:00+01:00Z", "0000-01-01T00:00:00+01:00",
        "9999-12-31T23:59:59-00:01", "٢٠٢٦-03-02T07:00:00Z", "2026-03-02T07:00:00,000Z", "2026-03-02T07:00:0:.000Z",
    ])
    func `anything else is no instant`(text: String) {
        #expect(Instant(text) == nil)
    }

    @Test func `no single changed byte of the canonical text slips through`() {
        let text = Array("2026-03-02T07:08:09.123Z".utf8)
        for index in text.indices {
            for byte in UInt8.min...UInt8.max where byte != text[index] {
                var changed = text
                changed[index] = byte
                guard let read = Instant(bytes: changed) else { continue }
                let small = byte == text[index] | 0x20 && (index == 10 || index == 23)
                #expect(small || Array(read.description.utf8) == changed, "byte \(byte) at \(index)")
            }
        }
    }

    @Test func `a substring is read without its surroundings`() {
        let line = "at 2026-03-02T07:00:00.000Z sharp"
        #expect(Instant(line.dropFirst(3).prefix(24)) == Instant(milliseconds: 1_772_434_800_000))
    }

    @Test func `an instant without a text is written as the nearest that has one`() {
        #expect(Instant(milliseconds: .max).description == Instant.latest.description)
        #expect(Instant(milliseconds: .min).description == Instant.earliest.description)
    }

    @Test func `writing appends`() {
        var bytes = Array("time=".utf8)
        Instant(milliseconds: 0).write(into: &bytes)
        #expect(bytes == Array("time=1970-01-01T00:00:00.000Z".utf8))
    }

    @Test func `text and Foundation agree on instants all over the calendar`() {
        let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
        var stream = RandomStream(state: 1)
        for _ in 0..<2_000 {
            let seconds = stream.uniform(below: 7_000_000_000) - 2_000_000_000
            let instant = Instant(milliseconds: Int64(seconds) * 1_000)
            #expect(instant.description == Date(timeIntervalSince1970: Double(seconds)).formatted(style))
            #expect(Instant(instant.description) == instant)
        }
    }

    @Test(
        arguments: [
            (0, 60_000, 0), (1, 60_000, 60_000), (60_000, 60_000, 60_000), (60_001, 60_000, 120_000),
            (-1, 60_000, 0), (-60_000, 60_000, -60_000), (-60_001, 60_000, -60_000), (7, 1, 7),
        ] as [(Int64, Int64, Int64)])
    func `an instant is rounded up to the run's resolution`(from: Int64, resolution: Int64, to: Int64) {
        #expect(Instant(milliseconds: from).roundedUp(to: resolution).milliseconds == to)
    }

    @Test func `durations add up`() {
        let start = Instant(milliseconds: 1_000)
        #expect(start + .minutes(1) - start == .seconds(60))
        #expect(start + .days(1) == start + .hours(24))
        #expect(start - .hours(1) < start)
        #expect(-VirtualDuration.minutes(2) * 3 == .minutes(-6))
        var moved = start
        moved += .milliseconds(5)
        #expect(moved.milliseconds == 1_005)
    }

    @Test(
        arguments: [
            (.zero, "0s"), (.minutes(90), "1h 30m"), (.days(2) + .milliseconds(250), "2d 0.250s"),
            (.seconds(-61), "-1m 1s"),
            (.milliseconds(1_005), "1.005s"), (.days(1), "1d"),
        ] as [(VirtualDuration, String)])
    func `a duration reads like a clock`(duration: VirtualDuration, text: String) {
        #expect(duration.description == text)
    }

    @Test func `instants are strings and durations numbers when encoded`() throws {
        let encoded = try JSONEncoder().encode([Instant(milliseconds: 0)])
        #expect(String(decoding: encoded, as: UTF8.self) == #"["1970-01-01T00:00:00.000Z"]"#)
        #expect(try JSONDecoder().decode([Instant].self, from: encoded) == [Instant(milliseconds: 0)])
        #expect(try JSONDecoder().decode([VirtualDuration].self, from: Data("[5]".utf8)) == [.milliseconds(5)])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Instant].self, from: Data(#"["now"]"#.utf8)) }
    }
}
