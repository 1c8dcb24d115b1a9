using Chimera.S4.HttpAdapter.Live;
using Xunit;

namespace Chimera.S4.Router.Tests.HttpAdapter;

public class The_live_board
{
    readonly LiveBoard board = new("e");

    void Show(params string[] rows) => board.Show([.. rows.Select(row => row.Split(' ')).Select(row => FakeRouter.Summary(row[0], row[1]))]);

    static string Told(LiveNews? news) =>
        news is null ? "nothing" : $"{(news.IsAll ? "all: " : "")}{string.Join(", ", news.Rows.Select(row => $"{row.IntentId} {row.Status}").Order())}; gone {string.Join(", ", news.Gone)}; {string.Join(", ", news.Panels.Select(panel => panel.Name))}";

    [Fact]
    public void Tells_a_slow_reader_how_things_are_and_not_how_they_came_to_be()
    {
        Show("a NEW", "b NEW");
        var position = board.Since(null)!.Position;
        Show("a PARTIALLY_FILLED", "b NEW");
        Show("a FILLED", "c NEW");
        board.Show("gates", 1);

        Assert.Equal("a FILLED, c NEW; gone b; gates", Told(board.Since(position)));
    }

    [Fact]
    public void Has_no_news_where_nothing_differs()
    {
        Show("a NEW");
        board.Show("gates", new { on = true });
        var (position, moved) = (board.Since(null)!.Position, board.Moved);
        Show("a NEW");
        board.Show("gates", new { on = true });

        Assert.Equal(("nothing", false), (Told(board.Since(position)), moved.IsCompleted));
    }

    [Fact]
    public void Does_not_call_a_row_gone_that_has_come_back()
    {
        Show("a NEW");
        var position = board.Since(null)!.Position;
        Show();
        Show("a NEW");

        Assert.Equal("a NEW; gone ; ", Told(board.Since(position)));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Begins_anew_for_whoever_shows_rows_that_it_has_forgotten(int moreThanKept, bool isAll)
    {
        Show([.. Enumerable.Range(0, LiveBoard.GoneKept + moreThanKept).Select(number => $"i{number} NEW")]);
        var position = board.Since(null)!.Position;
        Show();
        Show("a NEW");

        var news = board.Since(position)!;

        Assert.Equal((isAll, isAll ? 0 : LiveBoard.GoneKept), (news.IsAll, news.Gone.Length));
    }

    [Theory]
    [InlineData("f-2")]
    [InlineData("e-99")]
    [InlineData("e-x")]
    [InlineData("e-0")]
    public void Begins_anew_at_a_position_that_it_never_gave_out(string position)
    {
        Show("a NEW");

        Assert.Equal("all: a NEW; gone ; ", Told(board.Since(position)));
    }

    [Fact]
    public void Wakes_those_who_wait()
    {
        var moved = board.Moved;
        Show("a NEW");

        Assert.True(moved.IsCompleted);
    }
}
