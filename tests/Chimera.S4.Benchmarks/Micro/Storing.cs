using BenchmarkDotNet.Attributes;
using Chimera.S4.Orders;
using Chimera.S4.Orders.Tests;
using Chimera.S4.Router.Orders;
using Chimera.S4.Router.Orders.Repository;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Benchmarks.Micro;

/// <summary>The document of an order, as every commit writes it and every message reads it.</summary>
[MemoryDiagnoser]
public class Storing
{
    static readonly Order Filled = Sample.Working().Then(Sample.Working().Says(VenueStatus.Filled, 1, null, 1, 2), 1).Order;
    static readonly OrderSaga Saga = new() { CorrelationId = Filled.Id, Order = Filled, CurrentState = Filled.Status.ToString() };
    static readonly StoredOrder Stored = new(Filled.Id, 1, OrderDocument.Write(Saga));

    [Benchmark]
    public string Write() => OrderDocument.Write(Saga);

    [Benchmark]
    public OrderSaga Read() => OrderDocument.Read(Stored);
}
