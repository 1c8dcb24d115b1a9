using System.Runtime.InteropServices;
using Chimera.S4.ArangoStandIn;

// --url http://127.0.0.1:0 --user root --password … --data FILE
var given = args.Chunk(2).ToDictionary(pair => pair[0], pair => pair.ElementAtOrDefault(1) ?? "");
await using var server = await StandIn.Start(new StandInOptions(
    Url: given.GetValueOrDefault("--url", "http://127.0.0.1:0"), User: given.GetValueOrDefault("--user", "root"), Password: given.GetValueOrDefault("--password", ""), DataFile: given.GetValueOrDefault("--data")));
Console.WriteLine($"Stand-in for ArangoDB listening on {server.Address}");
var stop = new TaskCompletionSource();
using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => stop.TrySetResult());
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => stop.TrySetResult());
await stop.Task;
