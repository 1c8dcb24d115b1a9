using System.Collections.Frozen;
using System.Text;

namespace Chimera.S4.Orders;

/// <summary>Enum members as the words of the wire, <c>LimitMaker</c> ↔ <c>LIMIT_MAKER</c>.</summary>
public static class Words
{
    public static string Of<T>(T value) where T : struct, Enum => Table<T>.Texts[value];

    /// <summary>Exact upper-case words only; false for <c>UNKNOWN</c> as well, which nobody may ask for.</summary>
    public static bool TryRead<T>(string? text, out T value) where T : struct, Enum
    {
        value = default;
        return text is not null && Table<T>.Values.TryGetValue(text, out value) && !value.Equals(default(T));
    }

    /// <summary>Every word that may be asked for, for messages.</summary>
    public static string Allowed<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Where(value => !value.Equals(default(T))).Select(Of));

    static class Table<T> where T : struct, Enum
    {
        public static readonly FrozenDictionary<T, string> Texts = Enum.GetValues<T>().ToFrozenDictionary(value => value, value => Text(value.ToString()));
        public static readonly FrozenDictionary<string, T> Values = Texts.ToFrozenDictionary(pair => pair.Value, pair => pair.Key);
    }

    static string Text(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter) && text.Length > 0) text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }
        return text.ToString();
    }
}
