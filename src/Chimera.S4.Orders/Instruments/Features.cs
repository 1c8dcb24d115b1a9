namespace Chimera.S4.Orders;

/// <summary>What the venue lets be done with a symbol beyond plain orders.</summary>
[Flags]
public enum Features { None = 0, Oco = 1, Oto = 2, Opo = 4, CancelReplace = 8, Amend = 16, Iceberg = 32, TrailingStop = 64, QuoteQty = 128 }
