using Chimera.S4.Orders;
using Chimera.S4.Router.Recalibration;
using Chimera.S4.Router.Stores;
using Chimera.S4.Router.Tests.Stores;
using Xunit;

namespace Chimera.S4.Router.Tests.Recalibration;

public sealed class A_line_of_figures : IDisposable
{
    const string Least = """{"symbol":"BTCUSDT","market":"SPOT","at":"2026-11-20T08:00:00Z","notional":"400","spread_bps":1,"depth":5000,"wait_ms":500,"made_share":0""";

    readonly string folder = Directory.CreateTempSubdirectory("s4-tca-").FullName;

    string FilePath => Path.Combine(folder, "tca.jsonl");

    [Fact]
    public void Is_read_with_numbers_as_numbers_or_as_text_and_with_what_nobody_asked_for()
    {
        var (symbol, row) = TcaLine.Read(Least + ""","taker_bps":"5.5","rev":"7","propensity":0.25,"excluded":true,"_key":"x","imbalance":0.3}""", out var problem)!.Value;
        Assert.Equal(("", "BTCUSDT", Market.Spot, 400.0, 500, 5.5, 7L, 0.25, true), (problem, symbol, row.Market, row.Notional, row.WaitMs!.Value, row.TakerBps!.Value, row.Rev, row.Propensity, row.IsExcluded));
        Assert.Equal((1.0, (double?)null, (int?)null), (TcaLine.Read(Least + "}", out _)!.Value.Row.Propensity, TcaLine.Read(Least + "}", out _)!.Value.Row.MakerBps, TcaLine.Read(Least + "}", out _)!.Value.Row.GapMs));
    }

    [Theory]
    [InlineData("{", "$: Expected depth to be zero")]
    [InlineData("null", "it is null")]
    [InlineData("{}", "symbol is missing")]
    [InlineData("""{"symbol":"B","market":"spot"}""", "market 'spot' is not one of SPOT, FUT")]
    [InlineData("""{"symbol":"B","market":"SPOT"}""", "at is missing; it is a time, such as 2026-03-02T09:00:00Z")]
    [InlineData("""{"symbol":"B","market":"SPOT","at":"2026-11-20T08:00:00Z"}""", "notional is missing; it must be 0 or more")]
    [InlineData("""{"symbol":"B","market":"SPOT","at":"2026-11-20T08:00:00Z","notional":-1}""", "notional -1 must be 0 or more")]
    [InlineData("""{"symbol":"B","market":"SPOT","at":"2026-11-20T08:00:00Z","notional":1,"spread_bps":1,"depth":1,"wait_ms":0.5}""", "$.wait_ms: ")]
    [InlineData("""{"symbol":"B","market":"SPOT","at":"2026-11-20T08:00:00Z","notional":1,"spread_bps":1,"depth":1,"wait_ms":500}""", "made_share is missing; it must be 0–1")]
    [InlineData("""{"symbol":"B","market":"SPOT","at":"2026-11-20T08:00:00Z","notional":1,"spread_bps":1,"depth":1,"wait_ms":500,"made_share":1.5}""", "made_share 1.5 must be 0–1")]
    [InlineData("""{"symbol":"B","market":"SPOT","at":"2026-11-20T08:00:00Z","notional":1,"spread_bps":1,"depth":1,"propensity":0}""", "propensity 0 must be above 0, at most 1")]
    public void Is_refused_by_field_and_value(string line, string says)
    {
        Assert.Null(TcaLine.Read(line, out var problem));
        Assert.StartsWith(says, problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_is_bad_is_named_by_its_number_and_keeps_none_of_the_others_out()
    {
        await File.WriteAllLinesAsync(FilePath, [Least + "}", "", "nonsense", Least.Replace("2026-11-20", "2026-01-01", StringComparison.Ordinal) + "}", Least.Replace("BTC", "ETH", StringComparison.Ordinal) + "}"]);
        var reading = await new TcaFile(FilePath).Read(GivenLeg.At.AddDays(-30), Given.Ever);
        Assert.Equal(["BTCUSDT 1", "ETHUSDT 1"], reading.Rows.Select(symbol => $"{symbol.Key} {symbol.Count()}").Order());
        Assert.Equal("line 3", Assert.Single(reading.Refused).Row);
    }

    [Fact]
    public async Task Is_not_there_where_its_file_is_not() =>
        Assert.Contains("tca.jsonl cannot be read", (await Assert.ThrowsAsync<StoreUnavailableException>(() => new TcaFile(FilePath).Read(GivenLeg.At, Given.Ever))).Message, StringComparison.Ordinal);

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
