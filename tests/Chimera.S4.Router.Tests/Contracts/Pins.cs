using System.Text.Json;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Tests.Contracts;

/// <summary>One message as the world outside relies on it: its URN is <c>urn:message:</c> and its exchange's name; its JSON is what stands in the envelope's <c>message</c>, without the white space.</summary>
public sealed record Pin(string Name, object Sample, string Json)
{
    public override string ToString() => Name;
}

/// <summary>The frozen table. A change here is a change that every publisher in every language has to follow: add, never rename.</summary>
/// <remarks>Every field has a value, also where no real message would have them all: a field without one could lose it unseen.</remarks>
static class Pins
{
    static readonly DateTimeOffset At = new(2026, 1, 31, 12, 0, 0, 250, TimeSpan.Zero);
    static readonly Guid OrderId = new("0194bd6f-3a00-5000-8000-00000000000a");

    static readonly OrderResult Result = new()
    {
        IntentId = "i1", Status = "FILLED", Final = true, OrderId = "8389765", ClientOrderId = "s4a", FilledQty = 0.0150m, AvgPrice = 95000.10m, SlippageBps = -0.5m, QtyRequested = 0.0155m,
        OcoLegs = [new() { OrderId = "8389766", ClientOrderId = "s4b", Type = "LIMIT_MAKER", Price = 99000m, Status = "NEW" }],
        Code = "QTY_ROUNDED", RejectedBy = "VENUE", Message = "m",
    };

    static readonly IntentSummary Summary = new()
    {
        IntentId = "i1", Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", Type = "LIMIT", Policy = "TWAP+MAKER_THEN_TAKER", Status = "PARTIALLY_FILLED", Qty = 0.015m, FilledQty = 0.0050m, AvgPrice = 95000.10m,
        MidAtSend = 95000m, SlippageBps = 0.25m,
        Code = "QTY_ROUNDED", CreatedAt = At, UpdatedAt = At, Final = true,
    };

    public static readonly Pin[] All =
    [
        new("order-intent", new OrderIntent
        {
            IntentId = "i1", Intent = new() { IntentId = "n1" }, Market = "FUT", Symbol = "BTCUSDT", Side = "BUY", Qty = 1.50m, Type = "LIMIT", Price = 95000.10m,
            TriggerPx = 94000m, TimeInForce = "GTC", ReduceOnly = false, ExpiresAt = At,
            Replaces = new() { IntentId = "i0" },
            ExecPolicy = new()
            {
                MakerThenTaker = new() { WaitMs = 1500, MinFillRatio = 0.5m },
                Twap = new() { Slices = 4, SliceQty = 0.375m, GapMs = 1000, JitterMs = 100, Weights = "SQRT" },
                Oco = new() { TpPx = 99000m, SlPx = 91000m, SlLimitPx = 90900m, OnLegFailure = "GUARD" },
                GuardStop = new() { Enable = true, SlPx = 91000m, Reverse = false },
            },
            PostFillActions = new() { StopLoss = new() { TriggerPx = 91000m, Qty = 1.5m }, TakeProfit = [new() { TriggerPx = 99000m, Qty = 0.75m }] },
            Unknown = new() { ["note"] = JsonSerializer.SerializeToElement(new { by = "s3" }) },
        }, """{"intent_id":"i1","intent":{"intent_id":"n1"},"market":"FUT","symbol":"BTCUSDT","side":"BUY","qty":"1.5","type":"LIMIT","price":"95000.1","trigger_px":"94000","time_in_force":"GTC","reduce_only":false,"expires_at":"2026-01-31T12:00:00.25+00:00","replaces":{"intent_id":"i0"},"exec_policy":{"maker_then_taker":{"wait_ms":1500,"min_fill_ratio":"0.5"},"twap":{"slices":4,"slice_qty":"0.375","gap_ms":1000,"jitter_ms":100,"weights":"SQRT"},"oco":{"tp_px":"99000","sl_px":"91000","sl_limit_px":"90900","on_leg_failure":"GUARD"},"guard_stop":{"enable":true,"sl_px":"91000","reverse":false}},"post_fill_actions":{"stop_loss":{"trigger_px":"91000","qty":"1.5"},"take_profit":[{"trigger_px":"99000","qty":"0.75"}]},"note":{"by":"s3"}}"""),
        new("order-cancel", new CancelRequest { IntentId = "i1", ClientOrderId = "s4a", OrderId = "8389765", Market = "FUT", Symbol = "BTCUSDT", CascadeOco = true, Reason = "REBALANCE" }, """{"intent_id":"i1","client_order_id":"s4a","order_id":"8389765","market":"FUT","symbol":"BTCUSDT","cascade_oco":true,"reason":"REBALANCE"}"""),
        new("s4-intent-reply", new IntentReply { Result = Result, HttpStatus = 503, RetryAfter = TimeSpan.FromSeconds(1.5) }, """{"result":{"intent_id":"i1","status":"FILLED","final":true,"order_id":"8389765","client_order_id":"s4a","oco_legs":[{"order_id":"8389766","client_order_id":"s4b","type":"LIMIT_MAKER","price":"99000","status":"NEW"}],"filled_qty":"0.015","avg_price":"95000.1","slippage_bps":"-0.5","qty_requested":"0.0155","code":"QTY_ROUNDED","rejected_by":"VENUE","message":"m"},"http_status":503,"retry_after":"00:00:01.5000000"}"""),
        new("s4-cancel-reply", new CancelReply { Result = new() { Status = "CANCELED", CanceledIds = ["s4a"], IntentId = "i1", FilledQty = 0.5m, ReplacedFilledQty = 0.25m, Side = "SELL", Code = "C", Message = "m" }, HttpStatus = 200 }, """{"result":{"status":"CANCELED","canceled_ids":["s4a"],"intent_id":"i1","filled_qty":"0.5","replaced_filled_qty":"0.25","side":"SELL","code":"C","message":"m"},"http_status":200}"""),
        new("s4-get-intent", new GetIntent { IntentId = "i1" }, """{"intentId":"i1"}"""),
        new("s4-intent-view", new IntentView { Result = Result, Intent = Summary, Timeline = [new() { At = At, What = "ACCEPTED", ClientOrderId = "s4a", Detail = "d" }] }, """{"result":{"intent_id":"i1","status":"FILLED","final":true,"order_id":"8389765","client_order_id":"s4a","oco_legs":[{"order_id":"8389766","client_order_id":"s4b","type":"LIMIT_MAKER","price":"99000","status":"NEW"}],"filled_qty":"0.015","avg_price":"95000.1","slippage_bps":"-0.5","qty_requested":"0.0155","code":"QTY_ROUNDED","rejected_by":"VENUE","message":"m"},"intent":{"intent_id":"i1","market":"SPOT","symbol":"BTCUSDT","side":"BUY","type":"LIMIT","policy":"TWAP+MAKER_THEN_TAKER","status":"PARTIALLY_FILLED","qty":"0.015","filled_qty":"0.005","avg_price":"95000.1","mid_at_send":"95000","slippage_bps":"0.25","code":"QTY_ROUNDED","created_at":"2026-01-31T12:00:00.25+00:00","updated_at":"2026-01-31T12:00:00.25+00:00","final":true},"timeline":[{"at":"2026-01-31T12:00:00.25+00:00","what":"ACCEPTED","client_order_id":"s4a","detail":"d"}]}"""),
        new("s4-get-intent-chart", new GetIntentChart { IntentId = "i1" }, """{"intentId":"i1"}"""),
        new("s4-intent-chart", new IntentChart
        {
            IntentId = "i1", Mids = [new() { At = At, Mid = 95000.10m }],
            Orders = [new() { ClientOrderId = "s4a", Purpose = "EXIT", Side = "SELL", Type = "STOP", Price = 90900m, TriggerPx = 91000m, Qty = 0.015m, FilledQty = 0.0050m, Status = "NEW", From = At, Until = At, NeedsReview = true }],
            Fills = [new() { At = At, Price = 95000.10m, Qty = 0.0050m, Side = "BUY", Maker = true, ClientOrderId = "s4a" }],
            Slices = [new() { No = 1, State = "WAITING", At = At, Qty = 0.0050m, FilledQty = 0.0010m }],
        }, """{"intent_id":"i1","mids":[{"at":"2026-01-31T12:00:00.25+00:00","mid":"95000.1"}],"orders":[{"client_order_id":"s4a","purpose":"EXIT","side":"SELL","type":"STOP","price":"90900","trigger_px":"91000","qty":"0.015","filled_qty":"0.005","status":"NEW","from":"2026-01-31T12:00:00.25+00:00","until":"2026-01-31T12:00:00.25+00:00","needs_review":true}],"fills":[{"at":"2026-01-31T12:00:00.25+00:00","price":"95000.1","qty":"0.005","side":"BUY","maker":true,"client_order_id":"s4a"}],"slices":[{"no":1,"state":"WAITING","at":"2026-01-31T12:00:00.25+00:00","qty":"0.005","filled_qty":"0.001"}]}"""),
        new("s4-intent-not-found", new IntentNotFound { IntentId = "i1" }, """{"intentId":"i1"}"""),
        new("s4-list-intents", new ListIntents { State = "NEW", Symbol = "BTCUSDT", Market = "SPOT", Since = At, Limit = 50, Cursor = "c" }, """{"state":"NEW","symbol":"BTCUSDT","market":"SPOT","since":"2026-01-31T12:00:00.25+00:00","limit":50,"cursor":"c"}"""),
        new("s4-intent-page", new IntentPage { Items = [Summary], NextCursor = "c" }, """{"items":[{"intent_id":"i1","market":"SPOT","symbol":"BTCUSDT","side":"BUY","type":"LIMIT","policy":"TWAP+MAKER_THEN_TAKER","status":"PARTIALLY_FILLED","qty":"0.015","filled_qty":"0.005","avg_price":"95000.1","mid_at_send":"95000","slippage_bps":"0.25","code":"QTY_ROUNDED","created_at":"2026-01-31T12:00:00.25+00:00","updated_at":"2026-01-31T12:00:00.25+00:00","final":true}],"next_cursor":"c"}"""),
        new("s4-look-again", new LookAgain { OrderId = OrderId }, """{"orderId":"0194bd6f-3a00-5000-8000-00000000000a"}"""),
        new("s4-set-kill-switch", new SetKillSwitch { State = "ON", Reason = "r", By = "ops 12345678" }, """{"state":"ON","reason":"r","by":"ops 12345678"}"""),
        new("s4-cancel-all", new CancelAll { Market = "FUT", Symbol = "BTCUSDT", Flatten = true, Reason = "r", By = "ops 12345678" }, """{"market":"FUT","symbol":"BTCUSDT","flatten":true,"reason":"r","by":"ops 12345678"}"""),
        new("s4-get-cancel-all", new GetCancelAll(), """{}"""),
        new("s4-cancel-all-progress", new CancelAllProgress
        {
            RequestId = OrderId, At = At, By = "ops 12345678", Reason = "r", Market = "FUT", Symbol = "BTCUSDT", Asked = 7, Ended = 5, Flatten = true, ToFlatten = 2, Flattened = 1,
            Closes = [new() { Market = "FUT", Symbol = "BTCUSDT", State = "CLOSING", Intents = ["flatten-1"] }], UnderWay = 1,
        }, """{"request_id":"0194bd6f-3a00-5000-8000-00000000000a","at":"2026-01-31T12:00:00.25+00:00","by":"ops 12345678","reason":"r","market":"FUT","symbol":"BTCUSDT","asked":7,"ended":5,"flatten":true,"to_flatten":2,"flattened":1,"closes":[{"market":"FUT","symbol":"BTCUSDT","state":"CLOSING","intents":["flatten-1"]}],"done":false,"under_way":1}"""),
        new("s4-resolve-intent", new ResolveIntent { IntentId = "i1", OrderId = "8389765", Reason = "r", By = "ops 12345678" }, """{"intentId":"i1","orderId":"8389765","reason":"r","by":"ops 12345678"}"""),
        new("s4-resolve-reply", new ResolveReply { Result = new() { IntentId = "i1", Placements = [new() { ClientOrderId = "s4a", Outcome = "SENT_AGAIN" }], Code = "C", Message = "m" }, HttpStatus = 409 }, """{"result":{"intent_id":"i1","placements":[{"client_order_id":"s4a","outcome":"SENT_AGAIN"}],"code":"C","message":"m"},"http_status":409}"""),
        new("s4-get-gates", new GetGates(), """{}"""),
        new("s4-gates-view", new GatesView { KillSwitch = "ON", Breakers = [new() { Market = "SPOT", State = "HALF", Answers = 20, Failures = 6, Since = At }] }, """{"kill_switch":"ON","breakers":[{"market":"SPOT","state":"HALF","answers":20,"failures":6,"since":"2026-01-31T12:00:00.25+00:00"}]}"""),
        new("s4-alert", new Alert { AlertId = OrderId, Level = "FATAL", Code = "NEEDS_REVIEW", IntentId = "i1", Text = "t", Runbook = "infra/runbooks/NEEDS_REVIEW.md", Ts = At }, """{"alert_id":"0194bd6f-3a00-5000-8000-00000000000a","level":"FATAL","code":"NEEDS_REVIEW","intent_id":"i1","text":"t","runbook":"infra/runbooks/NEEDS_REVIEW.md","ts":"2026-01-31T12:00:00.25+00:00"}"""),
        new("s4-list-alerts", new ListAlerts { After = "7", Limit = 50 }, """{"after":"7","limit":50}"""),
        new("s4-alerts-page", new AlertsPage { Items = [new() { AlertId = OrderId, Level = "ERROR", Code = "KILL_SWITCH", IntentId = "i1", Text = "t", Runbook = "r", Ts = At }], NextAfter = "8" }, """{"items":[{"alert_id":"0194bd6f-3a00-5000-8000-00000000000a","level":"ERROR","code":"KILL_SWITCH","intent_id":"i1","text":"t","runbook":"r","ts":"2026-01-31T12:00:00.25+00:00"}],"next_after":"8"}"""),
        new("s4-get-health", new GetHealth(), """{}"""),
        new("s4-health-report", new HealthReport { Status = "DEGRADED", Checks = [new() { Name = "arango", Status = "DOWN", Detail = "refused" }] }, """{"status":"DEGRADED","checks":[{"name":"arango","status":"DOWN","detail":"refused"}]}"""),
        new("s4-get-queues", new GetQueues(), """{}"""),
        new("s4-queues-view", new QueuesView { Bus = "RABBITMQ", Queues = [new() { Name = "s4-orders", Ready = 3, Consumers = 2, Errors = 1 }], Problem = "p" }, """{"bus":"RABBITMQ","queues":[{"name":"s4-orders","ready":3,"consumers":2,"errors":1}],"problem":"p"}"""),
        new("s4-get-reconciliation", new GetReconciliation(), """{}"""),
        new("s4-reconciliation-report", new ReconciliationReport
        {
            Jaccard = 0.50m,
            Markets =
            [
                new()
                {
                    Market = "FUT", At = At, Jaccard = 0.50m, Open = 3, BelievedOpen = 2, Agreed = 2, Disputed = 2, Foreign = 7, Orphans = 1, Canceled = 1, Young = 4, Told = 5, Missing = 6, Overdue = 8, Unreadable = 9,
                },
            ],
            Positions = [new() { Symbol = "BTCUSDT", Position = 1.50m, HeldByIntents = 2m, Rest = -0.5m, Mismatch = true }],
            DeadMan = [new() { Symbol = "BTCUSDT", Armed = true, Why = "Armed" }],
        }, """{"jaccard":"0.5","markets":[{"market":"FUT","at":"2026-01-31T12:00:00.25+00:00","jaccard":"0.5","open":3,"believed_open":2,"agreed":2,"disputed":2,"foreign":7,"orphans":1,"canceled":1,"young":4,"told":5,"missing":6,"overdue":8,"unreadable":9}],"positions":[{"symbol":"BTCUSDT","position":"1.5","held_by_intents":"2","rest":"-0.5","mismatch":true}],"dead_man":[{"symbol":"BTCUSDT","armed":true,"why":"Armed"}]}"""),
        new("s4-list-results", new ListResults { After = "7", Limit = 50 }, """{"after":"7","limit":50}"""),
        new("s4-results-page", new ResultsPage
        {
            Items = [new() { ResultId = "r1", IntentId = "i1", Seq = 2, Status = "FILLED", FilledQty = 1.50m, AvgPrice = 95000.10m, SlippageBps = 0.25m, Code = "QTY_ROUNDED", Corrects = 1, Ts = At }],
            NextAfter = "8",
        }, """{"items":[{"result_id":"r1","intent_id":"i1","seq":2,"status":"FILLED","filled_qty":"1.5","avg_price":"95000.1","slippage_bps":"0.25","code":"QTY_ROUNDED","corrects":1,"ts":"2026-01-31T12:00:00.25+00:00"}],"next_after":"8"}"""),
        new("s4-venue-report", new VenueReport
        {
            OrderId = OrderId, ClientOrderId = "s4a", EffectSeq = 3, Source = "STREAM", Kind = "Known", VenueOrderId = "8389765", Status = "PartiallyFilled", CumQty = 0.50m, CumQuote = 47500.05m,
            Trades = [new() { TradeId = "11", Qty = 0.50m, Px = 95000.10m, Commission = 0.0005m, CommissionAsset = "BNB", Maker = true, Time = At }],
            VenueTime = At, Reason = "WouldTake", VenueCode = -2010, VenueText = "t", NeedsReview = true, SentAt = At, AnsweredAt = At, MidAtSend = 95000m, BookTop3 = "{}",
        }, """{"orderId":"0194bd6f-3a00-5000-8000-00000000000a","clientOrderId":"s4a","effectSeq":3,"source":"STREAM","kind":"Known","venueOrderId":"8389765","status":"PartiallyFilled","cumQty":"0.5","cumQuote":"47500.05","trades":[{"tradeId":"11","qty":"0.5","px":"95000.1","commission":"0.0005","commissionAsset":"BNB","maker":true,"time":"2026-01-31T12:00:00.25+00:00"}],"venueTime":"2026-01-31T12:00:00.25+00:00","reason":"WouldTake","venueCode":-2010,"venueText":"t","needsReview":true,"sentAt":"2026-01-31T12:00:00.25+00:00","answeredAt":"2026-01-31T12:00:00.25+00:00","midAtSend":"95000","bookTop3":"{}"}"""),
        new("s4-cancel-order", new CancelOrder { OrderId = OrderId, CancelId = OrderId, Reason = "RISK", KeepsExits = true, ReplyTo = new Uri("loopback://localhost/reply"), RequestId = OrderId }, """{"orderId":"0194bd6f-3a00-5000-8000-00000000000a","cancelId":"0194bd6f-3a00-5000-8000-00000000000a","reason":"RISK","keepsExits":true,"replyTo":"loopback://localhost/reply","requestId":"0194bd6f-3a00-5000-8000-00000000000a"}"""),
        new("s4-journal-batch", new JournalBatch
        {
            IntentId = "i1",
            Orders =
            [
                new()
                {
                    Key = "s4a", Seq = 1, IntentId = "i1", ClientOrderId = "s4a", OrderId = "8389765", ListId = "s4l", Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", Type = "LIMIT", TimeInForce = "GTC", Price = 95000.10m, TriggerPx = 95000m,
                    Qty = 1.5m, QtyRequested = 1.55m, FilledQty = 0.5m, AvgPrice = 95000.10m, SlippageBps = 0.25m, ReduceOnly = false, Status = "PARTIALLY_FILLED", Final = false, Code = "QTY_ROUNDED",
                    RejectedBy = "VENUE", Message = "m", CancelReason = "RISK", RcuRev = 7, ExecPolicy = "{}", Leg = 2, Purpose = "EXIT", LegQty = 1.5m, Notional = 142500.15m, MakerWaitMs = 1500,
                    ExplorePropensity = 0.05m, MidAtPublish = 94999m, MidAtArrival = 94999.5m, MidAtDecide = 95000m, SpreadAtDecide = 0.2m, BidDepthAtDecide = 3m, AskDepthAtDecide = 4m, MidAtSend = 95000.05m,
                    PublishedAt = At, ReceivedAt = At, DecidedAt = At, SentAt = At, AcknowledgedAt = At, FilledAt = At, EndedAt = At, CreatedAt = At, UpdatedAt = At, ClosedAt = At,
                },
            ],
            Fills =
            [
                new()
                {
                    Key = "SPOT-BTCUSDT-11", FillId = "SPOT-BTCUSDT-11", IntentId = "i1", OrderId = "8389765", ClientOrderId = "s4a", Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", TradeId = "11", Qty = 0.5m,
                    Price = 95000.10m, Commission = 0.0005m, CommissionAsset = "BNB", Maker = true, MidAtSend = 95000m, BookTop3 = "{}", SlippageBps = 0.25m, Timestamp = At,
                },
            ],
            Events = [new() { Key = "k-1-T", Type = StrategyEvents.Accepted, IntentId = "i1", Seq = 1, No = 2, ClientOrderId = "s4a", Code = "C", Detail = "d", Timestamp = At }],
            Markouts =
            [
                new()
                {
                    Key = "SPOT-BTCUSDT-11-BUY-5s", FillId = "SPOT-BTCUSDT-11-BUY", IntentId = "i1", ClientOrderId = "s4a", Market = "SPOT", Symbol = "BTCUSDT", Side = "BUY", Price = 95000.10m, HorizonS = 5, DueAt = At,
                    Mid = 95001m, MidAt = At, MarkoutBps = 0.0947m, Reason = "NOT_WATCHED",
                },
            ],
        }, """{"intentId":"i1","orders":[{"_key":"s4a","seq":1,"intent_id":"i1","client_order_id":"s4a","order_id":"8389765","list_id":"s4l","market":"SPOT","symbol":"BTCUSDT","side":"BUY","type":"LIMIT","time_in_force":"GTC","price":"95000.1","trigger_px":"95000","qty":"1.5","qty_requested":"1.55","filled_qty":"0.5","avg_price":"95000.1","slippage_bps":"0.25","reduce_only":false,"status":"PARTIALLY_FILLED","final":false,"code":"QTY_ROUNDED","rejected_by":"VENUE","message":"m","cancel_reason":"RISK","rcu_rev":7,"exec_policy":"{}","leg":2,"purpose":"EXIT","leg_qty":"1.5","notional":"142500.15","maker_wait_ms":1500,"explore_propensity":"0.05","mid_at_publish":"94999","mid_at_arrival":"94999.5","mid_at_decide":"95000","spread_at_decide":"0.2","bid_depth_at_decide":"3","ask_depth_at_decide":"4","mid_at_send":"95000.05","published_at":"2026-01-31T12:00:00.25+00:00","received_at":"2026-01-31T12:00:00.25+00:00","decided_at":"2026-01-31T12:00:00.25+00:00","sent_at":"2026-01-31T12:00:00.25+00:00","acknowledged_at":"2026-01-31T12:00:00.25+00:00","filled_at":"2026-01-31T12:00:00.25+00:00","ended_at":"2026-01-31T12:00:00.25+00:00","created_at":"2026-01-31T12:00:00.25+00:00","updated_at":"2026-01-31T12:00:00.25+00:00","closed_at":"2026-01-31T12:00:00.25+00:00"}],"fills":[{"_key":"SPOT-BTCUSDT-11","fill_id":"SPOT-BTCUSDT-11","intent_id":"i1","order_id":"8389765","client_order_id":"s4a","market":"SPOT","symbol":"BTCUSDT","side":"BUY","trade_id":"11","qty":"0.5","price":"95000.1","commission":"0.0005","commission_asset":"BNB","maker":true,"mid_at_send":"95000","book_top3":"{}","slippage_bps":"0.25","timestamp":"2026-01-31T12:00:00.25+00:00"}],"events":[{"_key":"k-1-T","type":"ROUTER_ORDER_ACCEPTED","intent_id":"i1","seq":1,"no":2,"client_order_id":"s4a","code":"C","detail":"d","timestamp":"2026-01-31T12:00:00.25+00:00"}],"markouts":[{"_key":"SPOT-BTCUSDT-11-BUY-5s","fill_id":"SPOT-BTCUSDT-11-BUY","intent_id":"i1","client_order_id":"s4a","market":"SPOT","symbol":"BTCUSDT","side":"BUY","price":"95000.1","horizon_s":5,"due_at":"2026-01-31T12:00:00.25+00:00","mid":"95001","mid_at":"2026-01-31T12:00:00.25+00:00","markout_bps":"0.0947","reason":"NOT_WATCHED"}]}"""),
        new("s4-probe-due", new ProbeDue { OrderId = OrderId, TimerId = OrderId }, """{"orderId":"0194bd6f-3a00-5000-8000-00000000000a","timerId":"0194bd6f-3a00-5000-8000-00000000000a"}"""),
        new("s4-policy-due", new PolicyDue { OrderId = OrderId, TimerId = OrderId }, """{"orderId":"0194bd6f-3a00-5000-8000-00000000000a","timerId":"0194bd6f-3a00-5000-8000-00000000000a"}"""),
        new("s4-exits-found", new ExitsFound { OrderId = OrderId, AskSeq = 3, Holders = [new(OrderId, 0.50m, "STOP")], Position = 1.50m }, """{"orderId":"0194bd6f-3a00-5000-8000-00000000000a","askSeq":3,"holders":[{"orderId":"0194bd6f-3a00-5000-8000-00000000000a","held":"0.5","only":"STOP"}],"position":"1.5"}"""),
        new("s4-give-way", new GiveWay { OrderId = OrderId, To = "i1", Seq = 4, Taken = 0.50m }, """{"orderId":"0194bd6f-3a00-5000-8000-00000000000a","to":"i1","seq":4,"taken":"0.5"}"""),
        new("s4-position-flat", new PositionFlat { OrderId = OrderId, SeenAt = At }, """{"orderId":"0194bd6f-3a00-5000-8000-00000000000a","seenAt":"2026-01-31T12:00:00.25+00:00"}"""),
        new("s4-price-reached", new PriceReached { OrderId = OrderId, Mid = 90.5m, SeenAt = At }, """{"orderId":"0194bd6f-3a00-5000-8000-00000000000a","mid":"90.5","seenAt":"2026-01-31T12:00:00.25+00:00"}"""),
    ];
}
