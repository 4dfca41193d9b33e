public import LifeEvents

/// One entry of `steps`: a message to publish, or something to expect.
public struct Step: Sendable {
    /// What a step does.
    public enum Action: Sendable {
        /// Somebody says something on the bus. A `citizen` step is one of these too, with a ``PublishStep/filing``.
        case publish(PublishStep)
        /// Something must be seen.
        case expect(Expectation)
    }

    /// Its id; a step without one is named by its place, as `step-3`. In a group: the id of the `use` step, a hyphen,
    /// and the id in the group.
    public let id: Located<String>
    /// When it is done; nil for an expectation, which has a window instead.
    public internal(set) var at: TimeExpression?
    /// What it does.
    public internal(set) var action: Action
    /// The tile that the citizen of the step answers, in runs with a plane that plays people; nil: the step has its time
    /// in every plane.
    public var reaction: Reaction?
    /// The whole entry.
    public let span: SourceSpan
    /// The `use` steps that brought it, the innermost first; empty for a step of the scenario itself.
    public let uses: [SourceSpan]
}

/// A tile that a step answers: in a plane where it is seen later the step is later, and never where it is never seen.
public struct Reaction: Sendable {
    /// Who must see it.
    public let holder: Located<String>
    /// Its name, as `parenthood`.
    public let tile: Located<String>
    /// `U1` to `U11`.
    public let code: Located<String>
    /// Whose row is meant; nil: any agency's.
    public let agency: Located<AgencyID>?
}

/// A message that the scenario itself puts on the bus.
public struct PublishStep: Sendable {
    /// The message type.
    public let type: Located<String>
    /// Who says it; `citizen` for a filing.
    public let source: AgencyID
    /// Whom it is about.
    public let subject: Located<String>
    /// When it happened, if that is not when it is said.
    public let occurred: TimeExpression?
    /// The payload, a map. With a ``change`` it is complete: what `corrects` and `ceases` do not write is the former
    /// message's.
    public internal(set) var data: DataNode
    /// Which earlier message it changes; nil for a new fact.
    public let change: Change?
    /// What the citizen did, if this is a `citizen` step.
    public let filing: Filing?
    /// What the data may be used for, where its topic allows more than one purpose: of a need and its answer.
    public var purpose: Purpose?

    /// What a message does to an earlier one.
    public struct Change: Sendable {
        /// The envelope's change type.
        public let kind: ChangeType
        /// The publishing step whose message is the predecessor.
        public let step: Located<String>
    }
}

/// What a citizen does: files a form with an agency, which owns the form.
///
///     - id: application
///       at: notice +7d 20:00
///       citizen: mother
///       action: apply
///       to: forsakringskassan
///       for: child                   # else the citizen herself
///       data: {benefit: parentalBenefit, from: notice +0d}
///
/// It becomes a ``PublishStep`` of the agency's filing with `filedBy` set. To a municipality, `municipality` is set too.
public struct Filing: Sendable {
    /// What is done; the raw value is how it is written.
    public enum Action: String, Sendable, CaseIterable {
        /// Asks for something: facet `application`.
        case apply
        /// Gives what an agency has asked for: facet `completion`.
        case answer
        /// Confirms parenthood: facet `parenthood-confirmation`.
        case confirm
        /// Asks for a decision to be tried again: facet `appeal`.
        case appeal
        /// Consents to something: `citizen.consent`, addressed to nobody in particular.
        case consent
        /// Files another form, which `form` names: `move-notice`, `name`, `estate-inventory`.
        case file

        /// The facet of the agency's filing topic; nil where the file names it or there is none.
        public var facet: String? {
            switch self {
            case .apply: "application"
            case .answer: "completion"
            case .confirm: "parenthood-confirmation"
            case .appeal: "appeal"
            case .consent, .file: nil
            }
        }
    }

    /// Who files.
    public let citizen: Located<String>
    /// What is done.
    public let action: Action
    /// With whom; nil for a consent.
    public let addressee: AgencyID?
}

/// Something that must be seen on the bus or by a citizen.
public struct Expectation: Sendable {
    /// What must be seen.
    public enum Kind: Sendable {
        /// A message comes.
        case message(MessagePattern)
        /// No such message comes.
        case none(MessagePattern)
        /// A tile reaches a code, or is absent.
        case status(TilePattern)
        /// So many such messages come.
        case count(MessagePattern, MessageCount)
        /// The first messages that match come one after the other, at later instants or with greater ids.
        case order([MessageReference])
        /// A message of its own comes for each of these, in whatever order.
        case anyOrder([MessagePattern])
        /// From one message to another no more time passes than this.
        case latency(LatencyPattern)
        /// A message is dead-lettered as one that cannot be handled.
        case deadLetter(DeadLetterPattern)
        /// An agency refuses what a citizen filed.
        case refusal(RefusalPattern)
    }

    /// What must be seen.
    public let kind: Kind
    /// The publishing step from whose instant the window runs: the one named by `after`, else the nearest before this;
    /// nil: from the start.
    public let after: Located<String>?
    /// The end of the window.
    public let deadline: Deadline
    /// The value of `expect`.
    public let span: SourceSpan
    /// Whether it is to be met after its window instead of within: a falsehood, which no file can write.
    var isLate = false
    /// The name that later steps know the message by; nil: none.
    var capture: Located<String>?
}

/// The end of an expectation's window. The instant itself belongs to the window; a time without a clock time means the
/// end of that day.
public enum Deadline: Sendable {
    /// So long after the window's start.
    case within(Located<TimeSpan>)
    /// At the latest then.
    case by(TimeExpression)
    /// Over the whole time until then.
    case until(TimeExpression)
    /// The end of the run.
    case end
}
