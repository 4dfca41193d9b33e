/// The public holidays of Sweden that are no ordinary Sundays (lag (1989:253) om allmänna helgdagar), and the three
/// Eves on which a statutory period cannot end (lag (1930:173) 2 §).
public enum SwedishHoliday: UInt8, Hashable, Sendable, CaseIterable {
    /// 1 January.
    case newYearsDay
    /// 6 January.
    case epiphany
    /// The Friday before Easter.
    case goodFriday
    /// The Sunday after the first full moon of spring.
    case easterSunday
    /// The Monday after Easter.
    case easterMonday
    /// 1 May.
    case mayDay
    /// The sixth Thursday after Easter.
    case ascensionDay
    /// The seventh Sunday after Easter.
    case pentecost
    /// The Monday after Pentecost; a holiday until 2004.
    case whitMonday
    /// 6 June; a holiday since 2005.
    case nationalDay
    /// The Friday of 19 to 25 June; an Eve, no public holiday.
    case midsummerEve
    /// The Saturday of 20 to 26 June.
    case midsummerDay
    /// The Saturday of 31 October to 6 November.
    case allSaintsDay
    /// 24 December; an Eve, no public holiday.
    case christmasEve
    /// 25 December.
    case christmasDay
    /// 26 December.
    case secondChristmasDay
    /// 31 December; an Eve, no public holiday.
    case newYearsEve

    /// Whether this is one of the three Eves, which are no public holidays.
    public var isEve: Bool {
        switch self {
        case .midsummerEve, .christmasEve, .newYearsEve: true
        default: false
        }
    }

    /// The Swedish name, as at the start of a sentence.
    public var name: String {
        switch self {
        case .newYearsDay: "Nyårsdagen"
        case .epiphany: "Trettondedag jul"
        case .goodFriday: "Långfredagen"
        case .easterSunday: "Påskdagen"
        case .easterMonday: "Annandag påsk"
        case .mayDay: "Första maj"
        case .ascensionDay: "Kristi himmelsfärdsdag"
        case .pentecost: "Pingstdagen"
        case .whitMonday: "Annandag pingst"
        case .nationalDay: "Sveriges nationaldag"
        case .midsummerEve: "Midsommarafton"
        case .midsummerDay: "Midsommardagen"
        case .allSaintsDay: "Alla helgons dag"
        case .christmasEve: "Julafton"
        case .christmasDay: "Juldagen"
        case .secondChristmasDay: "Annandag jul"
        case .newYearsEve: "Nyårsafton"
        }
    }
}
