using Microsoft.Extensions.Options;
using Weft.Agents.Models;

namespace Weft.Agents.Tests.Models;

public sealed class ModelsOptionsTests
{
    [Theory]
    [InlineData("Weft:Models:ContextMargin", "0", "ContextMargin")]
    [InlineData("Weft:Models:Timeout", "00:00:00", "Timeout")]
    [InlineData("Weft:Models:BreakerFailures", "1", "BreakerFailures")]
    [InlineData(
        "Weft:Models:CatalogFile", "/nowhere/catalog.yaml", "Weft:Models:CatalogFile names '/nowhere/catalog.yaml', which cannot be read")]
    public async Task Options_ThatNoCallCouldKeep_FailAtStart(string setting, string value, string expected)
    {
        await using var bench = ModelBench.Without(new BenchSettings { Values = new Dictionary<string, string?> { [setting] = value } });

        var failure = Assert.Throws<OptionsValidationException>(() => bench.Get<IStartupValidator>().Validate());

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Options_AsTheyCome_Hold()
    {
        await using var bench = ModelBench.Without(new BenchSettings());

        bench.Get<IStartupValidator>().Validate();

        Assert.Equal((0.8, 5, TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(120)), Defaults(bench.Get<IOptions<ModelsOptions>>().Value));
    }

    private static (double, int, TimeSpan, TimeSpan) Defaults(ModelsOptions o) =>
        (o.ContextMargin, o.BreakerFailures, o.BreakerDuration, o.Timeout);
}
