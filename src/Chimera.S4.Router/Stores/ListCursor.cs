using System.Globalization;
using Chimera.S4.Contracts;

namespace Chimera.S4.Router.Stores;

/// <summary>Where a page of <see cref="IOrderStore.List"/> ended: creation time and id, so that orders created meanwhile neither repeat nor hide a line.</summary>
public readonly record struct ListCursor(long CreatedMs, string Id)
{
    public const int MaxLimit = 500;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{CreatedMs}-{Id}");

    public static bool TryParse(string? text, out ListCursor cursor)
    {
        cursor = default;
        if (text?.IndexOf('-') is not (> 0 and var dash)) return false;
        if (!long.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var ms)) return false;
        if (!Guid.TryParseExact(text.AsSpan(dash + 1), "D", out var id)) return false;
        cursor = new ListCursor(ms, id.ToString());
        return true;
    }

    /// <summary>The place to start from; null: the newest.</summary>
    /// <exception cref="ArgumentException">The cursor is not one of ours, or the limit is outside 1–500.</exception>
    internal static ListCursor? Of(ListIntents query)
    {
        if (query.Limit is < 1 or > MaxLimit) throw new ArgumentException($"limit is {query.Limit}; 1 to {MaxLimit} are allowed", nameof(query));
        if (query.Cursor is null) return null;
        return TryParse(query.Cursor, out var cursor) ? cursor : throw new ArgumentException("cursor is not one that a page ended with", nameof(query));
    }
}
