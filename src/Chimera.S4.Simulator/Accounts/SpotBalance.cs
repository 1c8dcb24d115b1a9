namespace Chimera.S4.Simulator.Accounts;

/// <summary>What the account holds of one asset.</summary>
internal readonly record struct SpotBalance(decimal Free, decimal Locked);
