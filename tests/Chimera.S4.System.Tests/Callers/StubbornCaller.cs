using System.Text.Json.Nodes;
using RabbitMQ.Client.Exceptions;

namespace Chimera.S4.System.Tests.Callers;

/// <summary>Publishes again and again until the broker has confirmed, over new connections where the old one is gone: what it returns from is acknowledged.</summary>
sealed class StubbornCaller(Uri broker) : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10), Pause = TimeSpan.FromMilliseconds(200);

    readonly SemaphoreSlim connecting = new(1);
    BusCaller? current;

    public Task Publish(JsonNode intent, Form form) => Insist(bus => bus.Publish(intent, form));
    public Task Cancel(JsonNode cancel, Form form) => Insist(bus => bus.Cancel(cancel, form));

    async Task Insist(Func<BusCaller, Task> publish)
    {
        while (true)
        {
            BusCaller? bus = null;
            try
            {
                bus = await Connected();
                await publish(bus).WaitAsync(Patience);
                return;
            }
            catch (Exception gone) when (gone is RabbitMQClientException or IOException or TimeoutException or OperationCanceledException or ObjectDisposedException)
            {
                if (bus is not null) await Drop(bus);
                await Task.Delay(Pause);
            }
        }
    }

    async Task<BusCaller> Connected()
    {
        await connecting.WaitAsync();
        try
        {
            return current ??= await BusCaller.Connect(broker).WaitAsync(Patience);
        }
        finally
        {
            connecting.Release();
        }
    }

    async Task Drop(BusCaller bus)
    {
        if (Interlocked.CompareExchange(ref current, null, bus) != bus) return;
        await Close(bus);
    }

    static async Task Close(BusCaller bus)
    {
        try
        {
            await bus.DisposeAsync().AsTask().WaitAsync(Patience);
        }
        catch (Exception gone) when (gone is RabbitMQClientException or IOException or TimeoutException or OperationCanceledException)
        {
            // It was broken before.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (current is not null) await Close(current);
        connecting.Dispose();
    }
}
