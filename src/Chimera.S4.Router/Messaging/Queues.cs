namespace Chimera.S4.Router.Messaging;

/// <summary>The queues that an operator sees (design §4).</summary>
static class Queues
{
    public const string Intents = "s4-intents", Orders = "s4-orders", Journal = "s4-journal", Queries = "s4-queries";
    public const string IntentExchange = "order-intent", CancelExchange = "order-cancel";

    // exchange:, never queue: — the latter would declare the queue again, with other arguments, and be refused (406).
    public static readonly Uri OrdersExchange = new($"exchange:{Orders}"), JournalExchange = new($"exchange:{Journal}");
}
