using Xunit;

namespace Chimera.S4.System.Tests.Check;

/// <summary>A checker that cannot find anything would pass every story: each kind of lie is told to it once.</summary>
public sealed class The_checker
{
    static readonly string Placed = ClientOrderIds.First("one");

    [Fact]
    public void Derives_the_client_order_id_of_an_intent() =>
        // UUIDv5 of "one" in S4's name space is b000f7be-83d6-500b-892b-916f567446ec, as other implementations compute it.
        Assert.Equal("s4" + Convert.ToBase64String(Convert.FromHexString("b000f7be83d6500b892b916f567446ec")).TrimEnd('=').Replace('+', '-').Replace('/', '_') + "0000", Placed);

    [Fact]
    public void Says_nothing_where_all_agree() => Assert.Empty(new Told().Contradictions());

    /// <summary>The exchange took none of its exits, and somebody canceled the intent: the record must say so, for nothing else does.</summary>
    [Theory]
    [InlineData("it fell back to a watch", true)]
    [InlineData("its exits stood", false)]
    [InlineData("both legs were refused", true)]
    [InlineData("both legs were canceled", false)]
    public void Believes_an_end_without_an_order_only_where_the_record_tells_of_refused_exits(string record, bool believed)
    {
        var told = new Told();
        told.Tell("canceled without an order");
        told.Tell(record);
        Assert.Equal(believed, told.Contradictions().Count == 0);
    }

    /// <summary>A policy canceled its only order to take the rest, and could not take it: only a policy does that, and only for a reason of its own.</summary>
    [Theory]
    [InlineData("NO_MARKET_DATA", true, true)]
    [InlineData("NO_MARKET_DATA", false, false)]
    [InlineData("REMAINDER_TOO_SMALL", true, true)]
    [InlineData("LIQUIDITY_LIMITED", true, false)]
    public void Believes_another_end_than_its_only_order_had_where_a_policy_gave_up_the_rest(string code, bool isInTurns, bool believed)
    {
        var told = new Told();
        told.TellGivenUp(code);
        Assert.Equal(believed, told.Contradictions(isInTurns ? ["one"] : []).Count == 0);
    }

    [Theory]
    [InlineData("two orders for one intent", "orders at the exchange")]
    [InlineData("a second order in its turn, unasked for", "orders at the exchange")]
    [InlineData("an order lives on", "is NEW at the exchange")]
    [InlineData("more was executed than asked", "executed 3 of 2")]
    [InlineData("more left than entered", "3 left of 2 entered")]
    [InlineData("the journal lacks an order", "has no row for")]
    [InlineData("an order of no intent", "no intent of this story asked for")]
    [InlineData("an acknowledged intent is missing", "GET /orders lists it 0 times")]
    [InlineData("an intent is still open", "has not ended")]
    [InlineData("the exchange says canceled", "the exchange says CANCELED")]
    [InlineData("the exchange never had it", "the exchange never had it")]
    [InlineData("canceled without an order", "the exchange never had it")]
    [InlineData("the exchange executed more", "executed 3")]
    [InlineData("another average price", "average price")]
    [InlineData("no result", "no line in ord:results")]
    [InlineData("a result line is missing", "result sequences 2")]
    [InlineData("a result line twice", "with one result_id")]
    [InlineData("the last result says less", "the last result says")]
    [InlineData("an end is taken back", "without 'corrects'")]
    [InlineData("the journal lacks a fill", "the exchange traded")]
    [InlineData("the journal has a fill of its own", "the exchange traded")]
    [InlineData("the journal's order says less", "orders says")]
    [InlineData("no end in the events", "events ROUTER_ORDER_ACCEPTED")]
    [InlineData("the record has another price", "cost 101.5")]
    [InlineData("the record has another slippage", "slippage of s4")]
    [InlineData("a fill has another slippage", "slippage of fill 2 is 7")]
    [InlineData("a fill has another middle", "mid at send of fill 2 is 99")]
    [InlineData("the book was another", "the book {")]
    [InlineData("REST tells another slippage", "slippage by REST 7")]
    [InlineData("the last result tells another slippage", "by ord:results 7")]
    [InlineData("a markout is a guess", "markout of fill 1 at 5 s is 7")]
    [InlineData("a markout is missing without a reason", "markout of fill 1 at 5 s is")]
    public void Finds(string lie, string expected)
    {
        var told = new Told();
        told.Tell(lie);
        Assert.Contains(told.Contradictions(), contradiction => contradiction.Contains(expected, StringComparison.Ordinal));
    }

    /// <summary>One intent, filled by two trades, as an honest S4 tells it.</summary>
    sealed class Told
    {
        readonly List<LedgerOrder> orders = [new("SPOT", "BTCUSDT", "7", Placed, "BUY", 2, 2, "FILLED")];
        readonly List<LedgerTrade> trades = [new("SPOT", "BTCUSDT", "1", Placed, "BUY", 100, 1), new("SPOT", "BTCUSDT", "2", Placed, "BUY", 102, 1)];
        readonly List<ResultRow> results = [new("r-1", "one", 1, "PARTIALLY_FILLED", 1, 100, null, null), new("r-2", "one", 2, "FILLED", 2, 101, null, null, 100)];
        readonly List<RestOrder> rest = [new("one", "FILLED", 2, 2, 101, null, true, 100)];
        readonly List<JournalOrder> rows = [new("one", Placed, "7", 2, "FILLED", true, null) { Purpose = "ENTRY", AvgPrice = 101, SlippageBps = 100, MidAtSend = 100 }];
        readonly List<JournalFill> fills = [new("one", Placed, "SPOT", "BTCUSDT", "1", 1, 100) { Key = "f1", Side = "BUY", SlippageBps = 0, MidAtSend = 100, BookTop3 = Book }, new("one", Placed, "SPOT", "BTCUSDT", "2", 1, 102) { Key = "f2", Side = "BUY", SlippageBps = 200, MidAtSend = 100, BookTop3 = Book }];
        readonly List<JournalMarkout> markouts = [new("f1", 1, 100, "BUY", 101, 100, null), new("f1", 5, 100, "BUY", null, null, "NOT_WATCHED")];
        const string Book = """{"bids":[["99","1"]],"asks":[["101","1"]]}""";
        readonly List<JournalEvent> events = [new("one", "ROUTER_ORDER_ACCEPTED"), new("one", "ROUTER_ORDER_EXECUTED")];

        public IReadOnlyList<string> Contradictions(IReadOnlyCollection<string>? inTurns = null) =>
            new Witnesses(new Ledger(orders, trades), new Journal(rows, fills, events) { Markouts = markouts }, results, rest).Contradictions(["one"], inTurns: inTurns);

        public void TellGivenUp(string code)
        {
            Tell("canceled without an order");
            orders.Add(new("SPOT", "BTCUSDT", "7", Placed, "BUY", 2, 0, "CANCELED"));
            (rest[0], rows[0], events[1]) = (rest[0] with { Status = "EXPIRED", Code = code }, rows[0] with { OrderId = "7", Status = "CANCELED", Code = code }, new("one", "ROUTER_ORDER_EXPIRED"));
            results[1] = results[1] with { Status = "EXPIRED", Code = code };
        }

        public void Tell(string lie)
        {
            switch (lie)
            {
                case "two orders for one intent": orders.Add(orders[0] with { OrderId = "8" }); break;
                case "a second order in its turn, unasked for": orders.Add(orders[0] with { OrderId = "8", ClientOrderId = Placed[..^1] + "1" }); break;
                case "an order lives on": orders[0] = orders[0] with { Status = "NEW" }; break;
                case "more was executed than asked": trades.Add(trades[0] with { TradeId = "3" }); orders[0] = orders[0] with { ExecutedQty = 3 }; break;
                case "more left than entered":
                    orders.Add(new("SPOT", "BTCUSDT", "8", Placed[..^3] + "100", "SELL", 3, 3, "FILLED"));
                    trades.Add(new("SPOT", "BTCUSDT", "3", Placed[..^3] + "100", "SELL", 100, 3));
                    break;
                case "the journal lacks an order": orders.Add(orders[0] with { OrderId = "8", ClientOrderId = Placed[..^1] + "1", Status = "CANCELED", ExecutedQty = 0 }); break;
                case "an order of no intent": orders.Add(orders[0] with { OrderId = "8", ClientOrderId = ClientOrderIds.First("two") }); break;
                case "an acknowledged intent is missing": rest.Clear(); break;
                case "an intent is still open": rest[0] = rest[0] with { Status = "PARTIALLY_FILLED", Final = false }; break;
                case "the exchange says canceled": orders[0] = orders[0] with { Status = "CANCELED" }; break;
                case "the exchange never had it": orders.Clear(); break;
                case "canceled without an order":
                    orders.Clear();
                    trades.Clear();
                    fills.Clear();
                    (rest[0], rows[0], events[1]) = (new("one", "CANCELED", 2, 0, null, null, true), new("one", Placed, null, 0, "CANCELED", true, null), new("one", "ROUTER_ORDER_CANCELED"));
                    (results[0], results[1]) = (new("r-1", "one", 1, "ACCEPTED", 0, null, null, null), new("r-2", "one", 2, "CANCELED", 0, null, null, null));
                    break;
                case "it fell back to a watch": events.Insert(1, new("one", "OCO_FALLBACK")); break;
                case "its exits stood": events.Insert(1, new("one", "OCO_ARMED")); break;
                case "both legs were refused": BothLegs("REJECTED"); break;
                case "both legs were canceled": BothLegs("CANCELED"); break;
                case "the exchange executed more": trades.Add(trades[0] with { TradeId = "3" }); break;
                case "another average price": rest[0] = rest[0] with { AvgPrice = 101.5m }; break;
                case "no result": results.Clear(); break;
                case "a result line is missing": results.RemoveAt(0); break;
                case "a result line twice": results.Add(results[1]); break;
                case "the last result says less": results[1] = results[1] with { FilledQty = 1 }; break;
                case "an end is taken back": results.Add(new("r-3", "one", 3, "FILLED", 2, 101, null, null)); break;
                case "the journal lacks a fill": fills.RemoveAt(1); break;
                case "the journal has a fill of its own": fills.Add(fills[0] with { TradeId = "9" }); break;
                case "the journal's order says less": rows[0] = rows[0] with { FilledQty = 1 }; break;
                case "no end in the events": events.RemoveAt(1); break;
                case "the record has another price": rows[0] = rows[0] with { AvgPrice = 101.5m }; break;
                case "the record has another slippage": rows[0] = rows[0] with { SlippageBps = 99 }; break;
                case "a fill has another slippage": fills[1] = fills[1] with { SlippageBps = 7 }; break;
                case "a fill has another middle": fills[1] = fills[1] with { MidAtSend = 99 }; break;
                case "the book was another": fills[1] = fills[1] with { BookTop3 = Book.Replace("101", "103", StringComparison.Ordinal) }; break;
                case "REST tells another slippage": rest[0] = rest[0] with { SlippageBps = 7 }; break;
                case "the last result tells another slippage": results[1] = results[1] with { SlippageBps = 7 }; break;
                case "a markout is a guess": markouts[1] = markouts[1] with { Bps = 7, Mid = 101, Reason = null }; break;
                case "a markout is missing without a reason": markouts[1] = markouts[1] with { Reason = null }; break;
                default: throw new ArgumentException(lie);
            }

        void BothLegs(string ended)
        {
            rows[0] = rows[0] with { Status = ended };
            rows.Add(rows[0] with { ClientOrderId = Placed[..^1] + "1" });
        }
        }
    }
}
