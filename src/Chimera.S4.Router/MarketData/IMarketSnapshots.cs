namespace Chimera.S4.Router.MarketData;

/// <summary>Prices that another service writes, <c>mkt:snap:{symbol}</c>: where our own stream is down.</summary>
interface IMarketSnapshots
{
    /// <summary>As written, in the order of the symbols; null: none.</summary>
    Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel);
}

/// <summary>Nobody writes any.</summary>
sealed class NoSnapshots : IMarketSnapshots
{
    public Task<IReadOnlyList<string?>> Read(IReadOnlyList<string> symbols, CancellationToken cancel) => Task.FromResult<IReadOnlyList<string?>>([]);
}
