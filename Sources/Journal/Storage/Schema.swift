import GRDB

/// The tables of `journal.db`, their version, and what opening a file of another version means.
enum Schema {
  /// `PRAGMA user_version`.
  static let version = 3
  /// `PRAGMA application_id`: the letters `mdwj`.
  static let applicationID = 0x6D64_776A

  /// Steps from one version to the next: `migrations[0]` leads from 1 to 2.
  static let migrations: [String] = [Words.creation, byActor]

  private static let byActor = "CREATE INDEX event_by_actor ON event (actor, kind, occurred);"

  static let columns = """
    origin, seq, id, version, occurred, ended, recorded, actor, kind, incident, ticket, body, salt, digest, \
    prev, hash
    """

  /// Only appending, and erasing body and salt together, gets past the triggers. The insert trigger also
  /// keeps `INSERT OR REPLACE` from replacing a row.
  static let creation = """
    CREATE TABLE event (
      origin   TEXT NOT NULL,
      seq      INTEGER NOT NULL,
      id       TEXT NOT NULL UNIQUE,
      version  INTEGER NOT NULL,
      occurred INTEGER NOT NULL,
      ended    INTEGER,
      recorded INTEGER NOT NULL,
      actor    TEXT NOT NULL,
      kind     TEXT NOT NULL,
      incident TEXT,
      ticket   TEXT,
      body     TEXT,
      salt     BLOB,
      digest   BLOB NOT NULL,
      prev     BLOB,
      hash     BLOB NOT NULL,
      PRIMARY KEY (origin, seq),
      UNIQUE (origin, prev)
    ) STRICT;
    CREATE INDEX event_by_time ON event (occurred, seq);
    CREATE INDEX event_by_kind ON event (kind, occurred);
    \(byActor)
    CREATE INDEX event_by_incident ON event (incident, occurred) WHERE incident IS NOT NULL;
    CREATE INDEX event_by_ticket ON event (ticket, occurred) WHERE ticket IS NOT NULL;
    CREATE INDEX event_by_system ON event (
      CASE WHEN json_valid(body) THEN json_extract(body, '$.system') END, occurred);
    CREATE TRIGGER event_insert BEFORE INSERT ON event
    WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM event WHERE origin = NEW.origin)
      OR EXISTS (SELECT 1 FROM event WHERE id = NEW.id)
    BEGIN SELECT raise(ABORT, 'events are only appended, in order'); END;
    CREATE TRIGGER event_update BEFORE UPDATE ON event
    WHEN NEW.body IS NOT NULL OR NEW.salt IS NOT NULL OR NEW.rowid IS NOT OLD.rowid
      OR (NEW.origin, NEW.seq, NEW.id, NEW.version, NEW.occurred, NEW.ended, NEW.recorded, NEW.actor, NEW.kind,
          NEW.incident, NEW.ticket, NEW.digest, NEW.prev, NEW.hash)
      IS NOT (OLD.origin, OLD.seq, OLD.id, OLD.version, OLD.occurred, OLD.ended, OLD.recorded, OLD.actor,
          OLD.kind, OLD.incident, OLD.ticket, OLD.digest, OLD.prev, OLD.hash)
    BEGIN SELECT raise(ABORT, 'events are never changed; only their text can be erased'); END;
    CREATE TRIGGER event_delete BEFORE DELETE ON event
    BEGIN SELECT raise(ABORT, 'events are never deleted'); END;

    -- One entity as its events leave it: rowids of its first and last event, JSON of its state. Rowids of
    -- event run on through all origins and never change, for no row is ever deleted.
    CREATE TABLE fold (
      name    TEXT NOT NULL,
      key     TEXT NOT NULL,
      version INTEGER NOT NULL,
      first   INTEGER NOT NULL,
      last    INTEGER NOT NULL,
      open    INTEGER NOT NULL,
      state   TEXT NOT NULL,
      PRIMARY KEY (name, key)
    ) STRICT;
    CREATE INDEX fold_by_age ON fold (name, open, first);
    -- The version of each fold's rows, of its index and of the words, and the rowid of the last event in them.
    CREATE TABLE progress (name TEXT PRIMARY KEY, version INTEGER NOT NULL, last INTEGER NOT NULL) STRICT;
    CREATE TABLE series (name TEXT PRIMARY KEY, next INTEGER NOT NULL) STRICT;
    CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT;

    -- event is the seq of the first event of the act that queued it.
    CREATE TABLE outbox (
      destination TEXT NOT NULL,
      key         TEXT NOT NULL,
      payload     BLOB NOT NULL,
      state       TEXT NOT NULL,
      epoch       INTEGER,
      event       INTEGER NOT NULL,
      changed     INTEGER NOT NULL,
      PRIMARY KEY (destination, key)
    ) STRICT;
    CREATE INDEX outbox_by_state ON outbox (state, event);
    -- bytes is null when they are in a file of their own.
    CREATE TABLE blob (sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL, bytes BLOB) STRICT;
    CREATE TABLE unsent (key TEXT PRIMARY KEY, text TEXT NOT NULL, saved INTEGER NOT NULL) STRICT;
    CREATE TABLE backup (path TEXT PRIMARY KEY, count INTEGER NOT NULL) STRICT;
    \(Words.creation)
    PRAGMA application_id = \(applicationID);
    PRAGMA user_version = \(version);
    """

  /// What a file turned out to be.
  enum State: Equatable {
    case empty, current, older(Int), newer(Int), foreign
  }

  static func state(of db: Database) throws -> State {
    let found = try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0
    let application = try Int.fetchOne(db, sql: "PRAGMA application_id") ?? 0
    if application != applicationID {
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema") ?? 0
      return tables == 0 && found == 0 ? .empty : .foreign
    }
    return found == version ? .current : found > version ? .newer(found) : .older(found)
  }
}
