/// The tables of a status store.
///
/// While a run goes on every table only grows at its end, which is what makes writing cheap; a single index would halve
/// the rate. Indices are made when the run is finished.
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
        CREATE TABLE persons (
            id INTEGER PRIMARY KEY, key TEXT NOT NULL, world INTEGER, name TEXT, scenario TEXT, case_name TEXT);
        CREATE TABLE journeys (id INTEGER PRIMARY KEY, journey BLOB NOT NULL);
        -- Ids that are no UUIDs: what their 16 bytes stand for.
        CREATE TABLE foreign_ids (id BLOB NOT NULL, text TEXT NOT NULL);
        CREATE TABLE messages (
            seq INTEGER PRIMARY KEY, id BLOB NOT NULL, instant INTEGER NOT NULL, topic INTEGER NOT NULL,
            world INTEGER NOT NULL, outside INTEGER NOT NULL, dead INTEGER NOT NULL, type INTEGER, agency INTEGER,
            subject INTEGER, time INTEGER, occurred INTEGER, change INTEGER, previous BLOB, cause BLOB,
            journey INTEGER, value BLOB NOT NULL);
        -- Every state a tile ever had. What else it says stands in its message.
        CREATE TABLE tiles (
            seq INTEGER PRIMARY KEY, id BLOB NOT NULL, world INTEGER NOT NULL, person INTEGER NOT NULL,
            journey INTEGER NOT NULL, tile INTEGER NOT NULL, agency INTEGER NOT NULL, about INTEGER,
            code INTEGER NOT NULL, valid INTEGER NOT NULL, known INTEGER NOT NULL);
        CREATE TABLE readings (message INTEGER NOT NULL, agency INTEGER NOT NULL);
        CREATE TABLE dead_letters (
            seq INTEGER PRIMARY KEY, reason TEXT, detail TEXT, original_topic TEXT, original_id TEXT);
        -- The kind stands above bit 48 of the id, the key below. With the two as a key of their own SQLite would read
        -- whole values, megabytes, to compare them.
        CREATE TABLE engine_state (id INTEGER PRIMARY KEY, value BLOB NOT NULL);
        """

    /// Fast once the indices are there.
    static let views = """
        CREATE VIEW tiles_current AS
        SELECT t.seq, t.world, p.key AS holder, p.name AS holder_name, hex(j.journey) AS journey, n.name AS tile,
            a.name AS agency, b.key AS about, 'U' || t.code AS code, t.valid, t.known,
            json_extract(CAST(m.value AS TEXT), '$.data.text') AS text,
            json_extract(CAST(m.value AS TEXT), '$.data.deadline') AS deadline
        FROM tiles t JOIN persons p ON p.id = t.person JOIN journeys j ON j.id = t.journey
            JOIN tile_names n ON n.id = t.tile JOIN agencies a ON a.id = t.agency
            JOIN messages m ON m.seq = t.seq LEFT JOIN persons b ON b.id = t.about
        WHERE NOT EXISTS (
            SELECT 1 FROM tiles o
            WHERE o.person = t.person AND o.journey = t.journey AND o.tile = t.tile AND o.agency = t.agency
                AND o.about IS t.about AND (o.known, o.id, -o.seq) > (t.known, t.id, -t.seq));
        -- Heads of the fact chains: an annulled chain has none, and annulling an end brings back what it ended.
        CREATE VIEW facts AS
        SELECT m.seq, m.world, y.name AS type, p.key AS subject, a.name AS agency, m.change = 3 AS ceased,
            coalesce(m.occurred, m.time, m.instant) AS valid, m.instant AS known, hex(m.id) AS id,
            hex(m.cause) AS cause, hex(m.previous) AS previous, hex(j.journey) AS journey,
            json_extract(CAST(m.value AS TEXT), '$.data') AS data
        FROM messages m JOIN types y ON y.id = m.type AND y.fact = 1 JOIN persons p ON p.id = m.subject
            LEFT JOIN agencies a ON a.id = m.agency LEFT JOIN journeys j ON j.id = m.journey
        WHERE m.dead = 0 AND m.change IS NOT 2 AND NOT EXISTS (
            SELECT 1 FROM messages s
            WHERE s.previous = m.id AND s.dead = 0 AND NOT (s.change IS 3 AND EXISTS (
                SELECT 1 FROM messages r WHERE r.previous = s.id AND r.change = 2 AND r.dead = 0)))
            AND NOT (m.change IS 3 AND EXISTS (
                SELECT 1 FROM messages r WHERE r.previous = m.id AND r.change = 2 AND r.dead = 0));
        """

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
        """
}
