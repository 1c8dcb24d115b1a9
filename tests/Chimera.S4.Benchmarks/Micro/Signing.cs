using BenchmarkDotNet.Attributes;
using Chimera.S4.Router.Venues.Binance;

namespace Chimera.S4.Benchmarks.Micro;

/// <summary>The text of a placement with its signature.</summary>
[MemoryDiagnoser]
public class Signing
{
    const string Placement = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.001&newClientOrderId=s41D1CK-t5Vb-U0Mb8X2CJJA0000&newOrderRespType=FULL&recvWindow=1000&timestamp=1772442000000";

    readonly RequestSigner hmac = new("paper-api-secret");

    [Benchmark]
    public string With_HMAC() => hmac.Seal(Placement);
}
