using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Weft.Sandbox.Chat;
using Weft.Sandbox.Faults;
using Weft.Sandbox.Script;

namespace Weft.Sandbox.Tests.Script;

/// <summary>The examples of docs/sandbox.md are read, and do what is said of them.</summary>
public sealed partial class GuideTests
{
    [Fact]
    public void Examples_OfTheGuide_AreRead()
    {
        Assert.Equal(4, ScriptRule.Parse(Example(0)).Count);
        Assert.NotNull(ScriptRule.Parse(Example(1))[0].Reply.Steps);
        Assert.Equal(2, FaultRule.Parse(Example(2)).Count);
    }

    [Theory]
    [InlineData("80", "shop_refund")]
    [InlineData("250", null)]
    public void Steps_OfAUsersRule_AreMadeWhenTheirConditionHolds(string total, string? next)
    {
        var reply = AfterFinding($$"""{"total":{{total}},"state":"delivered"}""");

        Assert.Equal(next, reply.Calls.SingleOrDefault()?.Name);
        Assert.Equal(next is null ? "Order 77 is delivered. You get 250 back." : string.Empty, reply.Text);
    }

    [Fact]
    public void Ends_OfAUsersRule_EndTheWork()
    {
        var reply = AfterFinding("""{"error":"order not found"}""");

        Assert.Equal("There is no order 77.", reply.Text);
    }

    /// <summary>What the model says once the order was looked up.</summary>
    private static ModelReply AfterFinding(string found)
    {
        var request = new ModelRequest
        {
            Provider = "openai",
            Model = "test",
            Turns = [Asking.User("Order ID: 77"), Asking.Called("c1", "shop_find_order", """{"order_id":"77"}"""),
                Asking.Answered("c1", found)],
            Tools = [Asking.Tool("shop_find_order", "order_id"), Asking.Tool("shop_refund", "order_id", "amount")],
        };
        return Asking.Ask(request, ScriptRule.Parse(Example(1)));
    }

    private static string Example(int index, [CallerFilePath] string file = "")
    {
        var guide = Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..", "docs", "sandbox.md");
        return JsonBlock().Matches(File.ReadAllText(guide))[index].Groups[1].Value;
    }

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex JsonBlock();
}
