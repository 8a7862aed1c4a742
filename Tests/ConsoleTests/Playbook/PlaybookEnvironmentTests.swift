import Incidents
import Playbooks
import Testing
import Values

@testable import Console

/// Values that come from the environment of the console.
@Suite struct PlaybookEnvironmentTests {
  private static let text = """
    ---
    variables:
      REGION: {from: env.NOVA_REGION, choices: [eu-west, us-east], default: eu-west}
      TOKEN: {from: env.NOVA_TOKEN, secret: true}
    ---
    # Queue backlog

    1. Look
       ```sh
       look --in {{REGION}} --as {{TOKEN}}
       ```
    """

  private func player(_ environment: [String: String], isTrusted: Bool = true) throws -> Player {
    var problems: [Problem] = []
    var guide = Fixture.enseiGuide
    guide.playbooks.append(PlaybookDocument(Self.text, file: "queue-backlog.md", problems: &problems))
    guide.digests["queue-backlog"] = "bb22"
    #expect(problems.isEmpty)
    var player = try Player(guides: [guide]) { $0.environment = environment }
    player.texts["bb22"] = Self.text
    if !isTrusted {
      player.trusted = [:]
      player.publish()
    }
    player.console.playbook.show(.init(system: "ensei-packs", playbook: "queue-backlog"))
    player.press("4")
    player.forget()
    return player
  }

  @Test func fillsTheRunAndKeepsItsSecrets() throws {
    var player = try player(["NOVA_REGION": "us-east", "NOVA_TOKEN": "hunter22"])
    #expect(player.text.contains("look --in us-east --as •••"))
    player.press("x", "Enter")
    let order = try #require(player.orders.last)
    #expect(order.plan.text.exact.revealed() == "look --in us-east --as hunter22")
    let started = try #require(player.journal.events.compactMap { $0.fact(RunStarted.self) }.last)
    #expect(started.variables["REGION"] == "us-east" && started.variables["TOKEN"] == nil)
    let secret = try #require(player.journal.events.compactMap { $0.fact(RunVariableSet.self) }.last)
    #expect(secret.name == "TOKEN" && secret.secret == true && secret.value == nil)
    #expect(secret.reason == "from the environment")
    for event in player.journal.events {
      #expect(!String(decoding: event.body ?? [], as: UTF8.self).contains("hunter22"))
    }
    #expect(!player.text.contains("hunter22"))
  }

  @Test func whatIsTypedComesFirst() throws {
    var player = try player(["NOVA_REGION": "us-east", "NOVA_TOKEN": "hunter22"])
    player.console.playbook.secrets["TOKEN"] = Secret("typed-one")
    player.console.playbook.given["REGION"] = "eu-west"
    player.press("x", "Enter")
    #expect(player.orders.last?.plan.text.exact.revealed() == "look --in eu-west --as typed-one")
  }

  @Test func aValueThatCannotBeIsNotTakenAndSaysWhy() throws {
    var player = try player(["NOVA_REGION": "mars", "NOVA_TOKEN": "hunter22"])
    #expect(player.text.contains("look --in eu-west --as •••"))
    player.press("v")
    #expect(player.text.contains("The environment's NOVA_REGION is not taken for REGION"))
    #expect(!player.text.contains("mars"))
  }

  @Test func aFolderThatNobodyTrustsLearnsNothing() throws {
    let player = try player(["NOVA_REGION": "us-east", "NOVA_TOKEN": "hunter22"], isTrusted: false)
    #expect(player.text.contains("look --in eu-west --as {{TOKEN}}"))
  }
}
