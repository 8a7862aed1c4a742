import Probes
import Testing
import Values
import Watch

@Suite struct FolderTests {
  @Test func anEditedFolderKeepsWhatIsKnown() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(60), answer: Answers.queue(231))
    _ = player.take()
    let more = Player.system + "\n  extra: {http: \"http://127.0.0.1:1/extra\"}"
    let another = "\n      - alert: Another\n        expr: vector(0) > 1"
    player.load(try Player.folder(system: more, rules: Player.rules + another))
    let snapshot = try #require(player.watch.snapshots(at: player.now).first)
    #expect(snapshot.endpoints.map(\.state) == [.up, .up, .unknown])
    #expect(snapshot.alerts.map(\.state) == [.firing])
    #expect(player.take().polls == ["extra"], "what is new is polled at once, the rest in its turn")
    player.pass(.seconds(30), answer: Answers.queue(231))
    #expect(player.take().fired.isEmpty)
  }

  @Test func aBrokenFolderIsRefusedAndTheOneBeforeGoesOn() throws {
    var player = Player()
    player.load(try Player.folder())
    player.pass(.seconds(20), answer: Answers.queue(1))
    let digest = player.watch.snapshots(at: player.now).first?.digest
    let problem = Problem("unknown key", remedy: "remove it", file: "system.yaml")
    player.tell(.rejected(system: "shop", problems: [problem]))
    let snapshot = try #require(player.watch.snapshots(at: player.now).first)
    #expect(snapshot.problems == ["system.yaml:1:1: unknown key; remove it"])
    #expect(snapshot.digest == digest)
    _ = player.take()
    player.pass(.seconds(20), answer: Answers.queue(1))
    #expect(Set(player.take().polls) == ["health", "metrics"])
    player.load(try Player.folder())
    #expect(player.watch.snapshots(at: player.now).first?.problems == [])
  }

  @Test func aFolderThatNeverRanShowsWhy() {
    var player = Player()
    player.tell(.rejected(system: "shop", problems: [Problem("no", remedy: "yes", file: "system.yaml")]))
    #expect(player.take().snapshots.map(\.problems) == [["system.yaml:1:1: no; yes"]])
  }

  @Test func warningsAreKeptApartFromARefusal() throws {
    var player = Player()
    player.load(try Player.folder())
    let warning = Problem("a secret is missing", remedy: "set it", file: "system.yaml", weight: .warning)
    player.tell(.warned(system: "shop", problems: [warning]))
    let snapshot = try #require(player.watch.snapshots(at: player.now).first)
    #expect(snapshot.problems.isEmpty)
    #expect(snapshot.warnings == ["system.yaml:1:1: warning: a secret is missing; set it"])
  }
}
