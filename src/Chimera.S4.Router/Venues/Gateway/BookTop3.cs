using System.Text;
using Chimera.S4.Orders;

namespace Chimera.S4.Router.Venues.Gateway;

/// <summary><c>{"bids":[["px","qty"]…],"asks":[["px","qty"]…]}</c>, best first.</summary>
static class BookTop3
{
    public static string Write(Quote quote) => $$"""{"bids":{{Levels(quote.Bids)}},"asks":{{Levels(quote.Asks)}}}""";

    static string Levels(IReadOnlyList<BookLevel> levels)
    {
        var text = new StringBuilder("[");
        foreach (var level in levels.Take(3))
            text.Append(text.Length > 1 ? "," : "").Append($"[\"{DecimalJson.Format(level.Price)}\",\"{DecimalJson.Format(level.Qty)}\"]");
        return text.Append(']').ToString();
    }
}
