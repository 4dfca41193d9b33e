import Foundation
import LifeEvents
import Testing

/// All numbers that look real are from the Tax Agency's published test data or public examples.
@Suite struct IdentityNumberTests {
    private static let today = Day("2026-03-02")!

    /// What the error says. (A closure that throws a typed error inside `#expect` crashes the 6.3.1 compiler.)
    private func complaint(_ body: () throws -> Void) -> String? {
        do {
            try body()
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test(arguments: [
        ("189001019802", "1890-01-01"), ("197701172392", "1977-01-17"), ("201701012393", "2017-01-01"),
        ("19770117-2392", "1977-01-17"), ("770117-2392", "1977-01-17"), ("7701172392", "1977-01-17"),
        ("170101-2393", "2017-01-01"), ("170101+2393", "1917-01-01"), ("900101+9802", "1890-01-01"),
    ])
    func `a personal number gives the birth day`(text: String, birthDay: String) throws {
        let number = try PersonalNumber(text, today: Self.today)
        #expect(number.birthDay.description == birthDay)
        #expect(!number.isSynthetic)
        #expect(number.unmasked.hasSuffix(text.suffix(4)))
        #expect(number.description == number.unmasked.prefix(9) + "****")
    }

    @Test(arguments: [
        ("", "“” is no personal number: it has 0 digits, not 10 or 12."),
        ("1977", "“1977” is no personal number: it has 4 digits, not 10 or 12."),
        ("19770117239", "“1977*******” is no personal number: it has 11 digits, not 10 or 12."),
        ("1977011723921", "“1977*********” is no personal number: it has 13 digits, not 10 or 12."),
        ("19770117-239x", "“1977****-***x” is no personal number: “x” does not belong at position 13."),
        ("1977-01172392", "“1977-0117****” is no personal number: “-” does not belong at position 5."),
        ("19770117+2392", "“19770117+****” is no personal number: “+” does not belong at position 9."),
        ("19770117--2392", "“19770117--****” is no personal number: “-” does not belong at position 10."),
        ("770117-2392", "“770117-****” is no personal number: ten digits do not say the century; write twelve."),
        ("197702302392", "“19770230****” is no personal number: there is no date 1977-02-30."),
        ("197713172392", "“19771317****” is no personal number: there is no date 1977-13-17."),
        ("197701772392", "“19770177****” is no personal number: there is no date 1977-01-77."),
        ("197701172391", "“19770117****” is no personal number: the check digit should be 2."),
        ("197701172932", "“19770117****” is no personal number: the check digit should be 9."),
    ])
    func `an error says exactly what is wrong and hides the last four digits`(text: String, message: String) {
        #expect(complaint { _ = try PersonalNumber(text) } == message)
    }

    @Test(arguments: [("640883-3231", "1964-08-23"), ("19640883-3231", "1964-08-23"), ("640883+3231", "1864-08-23")])
    func `a coordination number's day is raised by 60`(text: String, birthDay: String) throws {
        let number = try CoordinationNumber(text, today: Self.today)
        #expect(number.birthDay.description == birthDay)
        #expect(number.description.hasSuffix("-****"))
        #expect(complaint { _ = try PersonalNumber(text, today: Self.today) } != nil)
    }

    @Test(arguments: [
        (
            "197701172392",
            "“19770117****” is no coordination number: the day is 17, but a coordination number has 61 to 91."
        ),
        ("197702912392", "“19770291****” is no coordination number: there is no date 1977-02-31."),
        ("196408833232", "“19640883****” is no coordination number: the check digit should be 1."),
    ])
    func `what is no coordination number is refused`(text: String, message: String) {
        #expect(complaint { _ = try CoordinationNumber(text) } == message)
    }

    @Test(arguments: [
        ("1985-01-23", 980), ("2026-03-02", 1), ("1890-12-31", 999), ("2024-02-29", 238), ("2000-01-01", 500),
    ])
    func `a synthetic number has its month raised by 80 and a right check digit`(birthDay: String, birthNumber: Int)
        throws
    {
        let day = Day(birthDay)!
        let number = try #require(PersonalNumber.synthetic(birthDay: day, birthNumber: birthNumber))
        #expect(number.isSynthetic)
        #expect(number.birthDay == day)
        #expect(try PersonalNumber(number.unmasked) == number)
        #expect(Int(number.unmasked.dropFirst(4).prefix(2)) == day.month + 80)
        #expect(PersonalNumber.findReal(in: number.unmasked).isEmpty)
    }

    @Test func `the synthetic example of the design is one`() throws {
        let number = try PersonalNumber("19858123-9806")
        #expect(number.isSynthetic)
        #expect(number.birthDay.description == "1985-01-23")
        #expect(PersonalNumber.synthetic(birthDay: number.birthDay, birthNumber: 0) == nil)
        #expect(PersonalNumber.synthetic(birthDay: number.birthDay, birthNumber: 1_000) == nil)
    }

    @Test(arguments: ["202100-4748", "2021004748", "162021004748", "16202100-4748"])
    func `an organisation number has ten digits, with or without 16 before`(text: String) throws {
        let number = try OrganisationNumber(text)
        #expect(number.description == "202100-4748")
        #expect(number.twelveDigits == "162021004748")
    }

    @Test(arguments: [
        ("192021004748", "“19202100****” is no organisation number: twelve digits begin with 16, not 19."),
        ("770117-2392", "“770117-****” is no organisation number: its third digit must be 2 or more."),
        ("202100-4749", "“202100-****” is no organisation number: the check digit should be 8."),
        ("202100+4748", "“202100+****” is no organisation number: “+” does not belong at position 7."),
        ("202100-474", "“2021**-***” is no organisation number: it has 9 digits, not 10 or 12."),
    ])
    func `what is no organisation number is refused`(text: String, message: String) {
        #expect(complaint { _ = try OrganisationNumber(text) } == message)
    }

    @Test func `organisation numbers are strings when encoded`() throws {
        let numbers = try JSONDecoder().decode([OrganisationNumber].self, from: Data(#"["162021004748"]"#.utf8))
        #expect(String(decoding: try JSONEncoder().encode(numbers), as: UTF8.self) == #"["202100-4748"]"#)
    }

    @Test func `numbers are ordered by their digits`() throws {
        #expect(try PersonalNumber("189001019802") < PersonalNumber("197701172392"))
    }
}
