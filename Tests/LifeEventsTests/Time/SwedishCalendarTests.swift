import LifeEvents
import Testing

@Suite struct SwedishCalendarTests {
    @Test(arguments: [
        ("2026-01-01", "Nyårsdagen"), ("2026-01-06", "Trettondedag jul"), ("2026-04-03", "Långfredagen"),
        ("2026-04-05", "Påskdagen"), ("2026-04-06", "Annandag påsk"), ("2026-05-01", "Första maj"),
        ("2026-05-14", "Kristi himmelsfärdsdag"), ("2026-05-24", "Pingstdagen"), ("2026-06-06", "Sveriges nationaldag"),
        ("2026-06-19", "Midsommarafton"), ("2026-06-20", "Midsommardagen"), ("2026-10-31", "Alla helgons dag"),
        ("2026-12-24", "Julafton"), ("2026-12-25", "Juldagen"), ("2026-12-26", "Annandag jul"),
        ("2026-12-31", "Nyårsafton"),
    ])
    func `the holidays of 2026 have their names and no work is done`(text: String, name: String) {
        #expect(SwedishCalendar.holidayName(Day(text)!) == name)
        #expect(!SwedishCalendar.isWorkingDay(Day(text)!))
    }

    @Test(arguments: [
        (2020, 252), (2021, 253), (2022, 253), (2023, 251), (2024, 251), (2025, 249), (2026, 251), (2027, 253),
    ])
    func `a year has so many holidays and working days`(year: Int, workingDays: Int) {
        let days = Day(year: year, month: 1, dayOfMonth: 1)!...Day(year: year, month: 12, dayOfMonth: 31)!
        #expect(days.count { SwedishCalendar.holidayName($0) != nil } == 16)
        #expect(days.count(where: SwedishCalendar.isWorkingDay) == workingDays)
    }

    @Test(arguments: [
        (1818, "03-22"), (1954, "04-18"), (1981, "04-19"), (2000, "04-23"), (2008, "03-23"), (2024, "03-31"),
        (2025, "04-20"), (2026, "04-05"), (2027, "03-28"), (2038, "04-25"), (2049, "04-18"), (2076, "04-19"),
        (2285, "03-22"),
    ])
    func `Easter falls on the day tables print`(year: Int, date: String) {
        #expect(SwedishCalendar.easter(of: year).description == "\(year)-\(date)")
    }

    @Test func `Easter of every year is that of the other well-known formula`() {
        for year in 1583...4099 {
            let (golden, century) = (year % 19, year / 100)
            let epact = (century - century / 4 - (8 * century + 13) / 25 + 19 * golden + 15) % 30
            let moon = epact - epact / 28 * (1 - 29 / (epact + 1) * ((21 - golden) / 11))
            let weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7
            let offset = moon - weekday
            let month = 3 + (offset + 40) / 44
            let expected = Day(year: year, month: month, dayOfMonth: offset + 28 - 31 * (month / 4))
            #expect(SwedishCalendar.easter(of: year) == expected)
        }
    }

    @Test(
        arguments: [
            ("2004-05-31", "Annandag pingst"), ("2004-06-06", nil), ("2005-05-16", nil),
            ("2005-06-06", "Sveriges nationaldag"),
            ("2008-05-01", "Första maj"), ("2021-06-25", "Midsommarafton"), ("2021-06-26", "Midsommardagen"),
            ("2020-06-19", "Midsommarafton"), ("2020-06-20", "Midsommardagen"), ("2021-11-06", "Alla helgons dag"),
            ("2020-10-31", "Alla helgons dag"), ("2026-06-13", nil), ("2026-06-26", nil), ("2026-11-07", nil),
            ("2026-04-02", nil), ("2026-04-04", nil), ("2026-03-01", nil),
        ] as [(String, String?)])
    func `holidays keep to their years and limits`(text: String, name: String?) {
        #expect(SwedishCalendar.holidayName(Day(text)!) == name)
    }

    @Test func `exactly three holidays are Eves`() {
        #expect(SwedishHoliday.allCases.filter(\.isEve).map(\.name) == ["Midsommarafton", "Julafton", "Nyårsafton"])
    }

    @Test(arguments: [
        ("2026-03-02", 0, "2026-03-02"), ("2026-03-02", 5, "2026-03-09"), ("2026-03-06", 1, "2026-03-09"),
        ("2026-03-07", 0, "2026-03-09"), ("2026-03-07", 1, "2026-03-09"), ("2026-03-08", 1, "2026-03-09"),
        ("2026-04-02", 1, "2026-04-07"), ("2026-12-23", 1, "2026-12-28"), ("2026-12-30", 1, "2027-01-04"),
        ("2026-03-09", -1, "2026-03-06"), ("2026-03-08", -1, "2026-03-06"), ("2026-03-09", -6, "2026-02-27"),
        ("2026-06-18", 1, "2026-06-22"), ("2026-01-01", 251, "2026-12-30"),
    ])
    func `working days are counted over weekends, holidays and Eves`(from: String, count: Int, to: String) {
        #expect(SwedishCalendar.adding(workingDays: count, to: Day(from)!).description == to)
    }

    @Test(arguments: [
        ("2026-03-02", "2026-03-02"), ("2026-03-07", "2026-03-09"), ("2026-04-03", "2026-04-07"),
        ("2026-05-14", "2026-05-15"), ("2026-06-06", "2026-06-08"), ("2026-06-19", "2026-06-22"),
        ("2026-12-24", "2026-12-28"), ("2026-12-31", "2027-01-04"), ("2027-12-24", "2027-12-27"),
        ("2025-12-24", "2025-12-29"), ("2026-01-06", "2026-01-07"),
    ])
    func `a last day moves to the next day on which the act can be done`(from: String, to: String) {
        #expect(SwedishCalendar.lastDayMoved(Day(from)!).description == to)
    }

    @Test func `at the end of the count working days stop instead of trapping`() {
        let end = Day(number: .max)
        #expect(SwedishCalendar.adding(workingDays: 10, to: end) == end)
        #expect(SwedishCalendar.adding(workingDays: -3, to: Day(number: .min)) == Day(number: .min))
    }

    @Test func `dates are written as in a letter`() {
        #expect(SwedishText.day(Day("2026-06-03")!) == "3 juni 2026")
        #expect(SwedishText.shortDay(Day("2026-03-16")!) == "16 mars")
        #expect(SwedishText.month(Month("2026-04")!) == "april")
        #expect(
            (1...12).map { SwedishText.month(Month(year: 2026, month: $0)!) }.joined(separator: " ")
                == "januari februari mars april maj juni juli augusti september oktober november december")
        #expect(
            Weekday.allCases.map(SwedishText.weekday).joined(separator: " ")
                == "måndag tisdag onsdag torsdag fredag lördag söndag")
    }
}
