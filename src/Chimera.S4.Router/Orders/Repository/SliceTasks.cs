using System.Text.Json;
using Chimera.S4.Orders;
using Chimera.S4.Router.Stores;

namespace Chimera.S4.Router.Orders.Repository;

/// <summary>A waiting slice as it stands in <c>prod:exec:twap:queue</c>: <c>{"intent_id","symbol","slice","qty","due_ts"}</c> in this order, without spaces; slices count from 1, due_ts is in ms.</summary>
static class SliceTasks
{
    public static QueuedSlice Write(SliceTask task)
    {
        var due = Moment.Ceiling(task.DueAt);
        return new QueuedSlice(task.DueAt, $$"""{"intent_id":{{JsonSerializer.Serialize(task.IntentId)}},"symbol":"{{task.Symbol}}","slice":{{task.Slice + 1}},"qty":"{{task.Qty}}","due_ts":{{due}}}""");
    }
}
