/// The tables of a status store.
///
/// While a run goes on every table only grows at its end, which is what makes writing cheap; a single index would halve
/// the rate. Indices are made when the run is finished. Who a message is about stands in it as the key's number, and its
/// journey as the id's bytes: with numbers of the store's own a table of all that were ever met would have to be kept
/// in memory.
enum Schema {
    /// Written to the file's header: "LvBs".
    static let applicationID: Int32 = 0x4C76_4273

    /// Codes of `changetype` in `messages.change`; NULL is CREATED.
    enum Change: Int64 {
        case corrected = 1
        case annulled = 2
        case ceased = 3
    }

    static let tables = """
        CREATE TABLE properties (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE topics (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE types (id INTEGER PRIMARY KEY, name TEXT NOT NULL, fact INTEGER NOT NULL);
        -- A source that names no agency stands here as it was written.
        CREATE TABLE agencies (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE tile_names (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
        CREATE TABLE worlds (world INTEGER PRIMARY KEY, name TEXT NOT NULL, scenario TEXT NOT NULL);
        -- Those who have a name; of a key that was named twice the later row counts.
        CREATE TABLE persons (
            id INTEGER PRIMARY KEY, key INTEGER NOT NULL, world INTEGER NOT NULL, name TEXT NOT NULL,
            scenario TEXT NOT NULL, case_name TEXT NOT NULL);
        -- Texts made elsewhere: of an id what its 16 bytes stand for, of a key what its number stands for.
        CREATE TABLE foreign_names (id INTEGER PRIMARY KEY, event BLOB, key INTEGER, text TEXT NOT NULL);
        CREATE TABLE messages (
            seq INTEGER PRIMARY KEY, id BLOB NOT NULL, instant INTEGER NOT NULL, topic INTEGER NOT NULL,
            world INTEGER NOT NULL, outside INTEGER NOT NULL, dead INTEGER NOT NULL, type INTEGER, agency INTEGER,
            subject INTEGER, time INTEGER, occurred INTEGER, change INTEGER, previous BLOB, cause BLOB,
            journey BLOB, value BLOB NOT NULL);
        -- Every state a tile ever had. What else it says stands in its message.
        CREATE TABLE tiles (
            seq INTEGER PRIMARY KEY, id BLOB NOT NULL, world INTEGER NOT NULL, person INTEGER NOT NULL,
            journey BLOB NOT NULL, tile INTEGER NOT NULL, agency INTEGER NOT NULL, about INTEGER,
            code INTEGER NOT NULL, valid INTEGER NOT NULL, known INTEGER NOT NULL);
        -- What a branch may be told of a type: an offer other than none, or why there is none.
        CREATE TABLE rights (
            id INTEGER PRIMARY KEY, type TEXT NOT NULL, owner TEXT NOT NULL, branch TEXT NOT NULL,
            offer TEXT NOT NULL, refusal TEXT, purpose TEXT NOT NULL, basis TEXT, class TEXT,
            given TEXT NOT NULL, hidden TEXT NOT NULL);
        -- The ledger: which message became what at which branch of which agency; uses as ReadingUse counts them.
        CREATE TABLE readings (
            id INTEGER PRIMARY KEY, message INTEGER NOT NULL, agency INTEGER NOT NULL, "right" INTEGER NOT NULL,
            use INTEGER NOT NULL);
        -- The original itself and its headers stand in the dead letter's message.
        CREATE TABLE dead_letters (
            seq INTEGER PRIMARY KEY, reason TEXT, detail TEXT, original_topic TEXT, original_id TEXT,
            original_key TEXT, partition INTEGER, "offset" INTEGER);
        -- The kind stands above bit 48 of the id, the key below. With the two as a key of their own SQLite would read
        -- whole values, megabytes, to compare them.
        CREATE TABLE engine_state (id INTEGER PRIMARY KEY, sum INTEGER NOT NULL, value BLOB NOT NULL);
        -- Sums of the checksums of the rows of each other table, as StoredTable counts them.
        CREATE TABLE checksums (
            part INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, rows INTEGER NOT NULL,
            sum INTEGER NOT NULL, PRIMARY KEY (part, first)) WITHOUT ROWID;
        """

    /// Fast once the indices are there.
    static let views = """
        CREATE VIEW tiles_current AS
        SELECT t.seq, t.world, \(keyText("t.person")) AS holder,
            (SELECT p.name FROM persons p WHERE p.key = t.person ORDER BY p.id DESC LIMIT 1) AS holder_name,
            hex(t.journey) AS journey, n.name AS tile, a.name AS agency, \(keyText("t.about")) AS about,
            'U' || t.code AS code, t.valid, t.known,
            json_extract(CAST(m.value AS TEXT), '$.data.text') AS text,
            json_extract(CAST(m.value AS TEXT), '$.data.deadline') AS deadline
        FROM tiles t JOIN tile_names n ON n.id = t.tile JOIN agencies a ON a.id = t.agency
            JOIN messages m ON m.seq = t.seq
        WHERE \(currentTile);
        -- Heads of the fact chains: an annulled chain has none, and annulling an end brings back what it ended.
        CREATE VIEW facts AS
        SELECT m.seq, m.world, y.name AS type, \(keyText("m.subject")) AS subject, a.name AS agency,
            m.change = 3 AS ceased,
            coalesce(m.occurred, m.time, m.instant) AS valid, m.instant AS known, hex(m.id) AS id,
            hex(m.cause) AS cause, hex(m.previous) AS previous, hex(m.journey) AS journey,
            json_extract(CAST(m.value AS TEXT), '$.data') AS data
        FROM messages m JOIN types y ON y.id = m.type AND y.fact = 1 LEFT JOIN agencies a ON a.id = m.agency
        WHERE m.subject IS NOT NULL AND m.dead = 0 AND m.change IS NOT 2
            -- A message that was sent again stands in the journal twice.
            AND NOT EXISTS (SELECT 1 FROM messages e WHERE e.id = m.id AND e.seq < m.seq AND e.dead = 0)
            AND NOT EXISTS (
            SELECT 1 FROM messages s
            WHERE s.previous = m.id AND s.dead = 0 AND NOT (s.change IS 3 AND EXISTS (
                SELECT 1 FROM messages r WHERE r.previous = s.id AND r.change = 2 AND r.dead = 0)))
            AND NOT (m.change IS 3 AND EXISTS (
                SELECT 1 FROM messages r WHERE r.previous = m.id AND r.change = 2 AND r.dead = 0));
        """

    /// The rule of ``CurrentTiles`` in SQL: no other state of the line has a later (known, id), and of a message that
    /// came twice, whose states are equal, the first counts.
    private static let currentTile = """
        NOT EXISTS (
            SELECT 1 FROM tiles o
            WHERE o.person = t.person AND o.journey = t.journey AND o.tile = t.tile AND o.agency = t.agency
                AND o.about IS t.about AND (o.known, o.id, -o.seq) > (t.known, t.id, -t.seq))
        """

    /// The text of a key given by its number: `p` and a consonant for each four bits, or what came from elsewhere.
    private static func keyText(_ column: String) -> String {
        let letters = zip("0123456789ABCDEF", "bcdfghjklmnpqrst")
        let own = letters.reduce("printf('%015X', \(column))") { "replace(\($0), '\($1.0)', '\($1.1)')" }
        return """
            CASE WHEN \(column) >= 0 THEN 'p' || \(own)
                ELSE (SELECT f.text FROM foreign_names f WHERE f.key = \(column)) END
            """
    }

    static let indices = """
        CREATE INDEX IF NOT EXISTS messages_id ON messages (id);
        CREATE INDEX IF NOT EXISTS messages_subject ON messages (subject);
        CREATE INDEX IF NOT EXISTS messages_cause ON messages (cause) WHERE cause IS NOT NULL;
        CREATE INDEX IF NOT EXISTS messages_previous ON messages (previous) WHERE previous IS NOT NULL;
        CREATE INDEX IF NOT EXISTS tiles_person ON tiles (person);
        CREATE INDEX IF NOT EXISTS tiles_world ON tiles (world);
        CREATE INDEX IF NOT EXISTS readings_message ON readings (message);
        CREATE INDEX IF NOT EXISTS persons_key ON persons (key);
        CREATE INDEX IF NOT EXISTS persons_name ON persons (name COLLATE NOCASE);
        CREATE INDEX IF NOT EXISTS foreign_names_key ON foreign_names (key) WHERE key IS NOT NULL;
        """
}
