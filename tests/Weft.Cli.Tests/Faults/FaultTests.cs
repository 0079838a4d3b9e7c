using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Weft.Api.Problems;
using Weft.Language;

namespace Weft.Cli.Tests.Faults;

/// <summary>What each failure means at every edge is in one table, and nobody looks at its code instead.</summary>
/// <remarks>The table is written anew with <c>WEFT_WRITE_GOLDENS=1</c>. A line that changes is a change to what users see.</remarks>
public sealed partial class FaultTests : CliTest
{
    private static readonly string Table = Path.Combine(ThrownCodes.Root, "tests", "Weft.Cli.Tests", "Faults", "codes.txt");

    [Fact]
    public void Codes_HaveTheStatusAndExitCodeOfTheTable()
    {
        if (Environment.GetEnvironmentVariable("WEFT_WRITE_GOLDENS") == "1")
        {
            File.WriteAllLines(Table, ThrownCodes.Lines);
        }

        Assert.Equal(File.ReadAllLines(Table), ThrownCodes.Lines);
    }

    [Fact]
    public void Statuses_AreOneForEachCategory() =>
        Assert.All(Enum.GetValues<FaultCategory>(), c => Assert.Equal(c, FaultStatus.Read(FaultStatus.Of(c)).Category));

    [Fact]
    public void Failures_AreMadeByTheirTables()
    {
        var elsewhere = ThrownCodes.Sources().Where(s => MadeByWord().IsMatch(s.Text)).Select(s => s.Path)
            .Where(p => !p.StartsWith("src/Weft.Workflows/Failures/", StringComparison.Ordinal));

        Assert.Empty(elsewhere);
    }

    [Theory]
    [InlineData(503, "engine_stopping", 4)]
    [InlineData(503, "storage_failed", 4)]
    [InlineData(409, "memory_busy", 1)]
    [InlineData(413, "row_too_large", 1)]
    [InlineData(401, "unauthorized", 4)]
    public async Task Listing_OfAServerThatRefuses_EndsByItsStatus(int status, string code, int exit)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        await using var server = builder.Build();
        server.Run(context =>
        {
            context.Response.StatusCode = status;
            return context.Response.WriteAsync($$"""{"code": "{{code}}", "detail": "Not now."}""");
        });
        await server.StartAsync(Deadline);

        AssertEnds(exit, $"{code}: Not now.", await RunAsync("executions", "--url", server.Urls.Single()));
    }

    [GeneratedRegex("""new (Tool|Model)Failure\(\s*"|\.Code\.StartsWith\(|[fF]ailure\.Kind (==|is|switch)""")]
    private static partial Regex MadeByWord();
}
