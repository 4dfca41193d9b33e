import Contracts
import LifeEvents
import Testing

/// What must not flow around halls and clubs (hall-booking.md 7), by the shipped contracts: fact by fact, who alone is told.
@Suite struct ClubSecrecyTests {
    /// Every branch that may be told anything, but the bus.
    private static let parties = [
        "akassa/akassa", "arbetsformedlingen/arbetsformedlingen", "bank/bank", "begravningsbyra/begravningsbyra",
        "bolagsverket/bolagsverket", "csn/csn", "forsakringskassan/forsakringskassan",
        "forvaltningsratten/forvaltningsratten", "hyresvard/hyresvard", "kammarkollegiet/kammarkollegiet",
        "kommun/aldreomsorg", "kommun/bistand", "kommun/familjeratt", "kommun/forskola", "kommun/fritid",
        "kommun/miljo", "kommun/overformyndare", "kommun/tillstand", "kronofogden/kronofogden",
        "migrationsverket/migrationsverket", "pensionsmyndigheten/pensionsmyndigheten", "polisen/polisen",
        "region/region", "riksidrottsforbundet/riksidrottsforbundet", "skatteverket/beskattning",
        "skatteverket/dodsbo", "skatteverket/folkbokforing", "ssbtek/ssbtek", "tingsratten/tingsratten",
        "transportstyrelsen/transportstyrelsen",
    ]
    private static let leisure = "kommun/fritid"
    private static let sports = "riksidrottsforbundet/riksidrottsforbundet"

    @Test(
        arguments: [
            // Who files for a club, which group trains when, who opens a door and when.
            ("kommun.filing.association.v1", [leisure]), ("kommun.filing.booking.v1", [leisure]),
            ("kommun.filing.confirmation.v1", [leisure]), ("kommun.filing.cancellation.v1", [leisure]),
            ("kommun.filing.unlock.v1", [leisure]), ("kommun.filing.attendance.v1", [leisure]),
            ("kommun.filing.grant.v1", [leisure]), ("riksidrottsforbundet.filing.grant.v1", [sports]),
            ("skatteverket.filing.organisation-number.v1", ["skatteverket/beskattning"]),
            // A club in the register, and its meetings, as counts; its times.
            ("kommun.association.registration.v1", [leisure, sports]),
            ("kommun.association.attendance.v1", [sports]), ("kommun.association.booking.v1", [leisure]),
            // What the municipality decides, and what the confederation decides: each its own.
            ("kommun.association-grant.v1", []), ("riksidrottsforbundet.grant.v1", []),
            ("riksidrottsforbundet.payment.v1", []),
            // How many are in two clubs, never who, and not to the clubs.
            ("kommun.need.overlap.v1", [sports]), ("riksidrottsforbundet.answer.overlap.v1", [leisure, sports]),
            // Who else wishes for a time, and what a control has found.
            ("kommun.internal.booking-wish.v1", [leisure]), ("kommun.internal.booking-left.v1", [leisure]),
            ("kommun.internal.booking-allocation.v1", [leisure]), ("kommun.internal.grant-sample.v1", [leisure]),
            ("kommun.internal.control-outcome.v1", [leisure]), ("kommun.internal.hall-closed.v1", [leisure]),
            ("skatteverket.organisation-number.v1", [leisure, sports]),
        ] as [(String, [String])])
    func `a fact of a club is told to who needs it, and to nobody else`(type: String, readers: [String]) throws {
        let told = try Self.parties.filter { try AccessRightsTests.right(type, $0).isGranted }
        #expect(told == readers)
    }

    @Test func `a mandate for a club reaches no other branch, and a leader's not the confederation`() throws {
        func kinds(_ party: String) throws -> [String] {
            try AccessRightsTests.right("citizen.mandate.v1", party).selection.first { $0.field == "kind" }?.values
                ?? []
        }
        #expect(try kinds(Self.leisure) == ["signatory", "leader"])
        #expect(try kinds(Self.sports) == ["signatory"])
        #expect(try kinds("kommun/aldreomsorg") == ["powerOfAttorney", "futurePowerOfAttorney"])
    }

    @Test func `financial aid is not told what a club is paid`() throws {
        let right = try AccessRightsTests.right("kommun.payment.v1", "kommun/bistand")
        #expect(right.selection.contains { $0.field == "benefit" && $0.values == ["financialAid"] })
        #expect(try !AccessRightsTests.right("kommun.payment.v1", Self.leisure).isGranted)
    }

    @Test func `no message of a meeting or an overlap has room for a name, a number or a birth date`() throws {
        let meeting = AssociationAttendance(
            bookingId: "", municipality: "", date: .earliest, counts: [], leaders: [], minutes: 1)
        #expect(
            Mirror(reflecting: meeting).children.compactMap(\.label)
                == ["bookingId", "municipality", "date", "counts", "noAgeLimit", "leaders", "minutes"])
        let count = ParticipantCount(band: .from7, sex: .girls, n: 1)
        #expect(Mirror(reflecting: count).children.compactMap(\.label) == ["band", "sex", "n"])
        let answer = OverlapAnswer(caseRef: "", asker: .skatteverket, status: .answered)
        #expect(
            Mirror(reflecting: answer).children.compactMap(\.label)
                == ["caseRef", "asker", "status", "refusal", "missing", "duplicates"])
        // A club that gets another time is not told who has got that, or for whom.
        let given = BookingAllocation(bookingId: "", weekday: 2, from: "", to: "", offerUntil: .earliest)
        #expect(
            Mirror(reflecting: given).children.compactMap(\.label)
                == ["bookingId", "weekday", "from", "to", "offerUntil", "decidedBy"])
    }
}
