import Testing

@testable import Transfer

struct AddressMemoryTests {
  @Test func takesApartOnceAndBeginsAnewWhenFull() throws {
    var memory = AddressMemory()
    let url = "HTTP://ops:secret@Example.org/a%20b?c"
    for _ in 0..<2 {
      let address = try memory.address(of: url)
      #expect(address.authority == "example.org:80" && address.hasUser)
      #expect(!address.shown.contains("secret"))
    }
    #expect(memory.count == 1)
    #expect(throws: WebAddress.Mistake.scheme("ftp")) { try memory.address(of: "ftp://example.org/") }
    #expect(memory.count == 1)
    for number in 0..<AddressMemory.limit { _ = try memory.address(of: "http://h/\(number)") }
    #expect(memory.count == 1)
    #expect(try !memory.address(of: "https://h").hasUser)
  }
}
