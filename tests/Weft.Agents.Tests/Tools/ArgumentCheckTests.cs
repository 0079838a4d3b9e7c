using System.Text.Json.Nodes;
using Weft.Agents.Tools;

namespace Weft.Agents.Tests.Tools;

public sealed class ArgumentCheckTests
{
    [Fact]
    public void Run_ARepositoryWrittenAsOwnerAndName_IsTakenApartWhereTheToolWantsBoth()
    {
        var schema = JsonNode.Parse(
            """{"type":"object","properties":{"owner":{"type":"string"},"repo":{"type":"string"},"title":{"type":"string"}},"required":["owner","repo","title"]}""")!.AsObject();

        var (arguments, faults) = ArgumentCheck.Run(schema, new JsonObject { ["repo"] = "acme/shop", ["title"] = "Login fails" });

        Assert.Empty(faults);
        Assert.Equal(("acme", "shop"), ((string?)arguments["owner"], (string?)arguments["repo"]));
    }

    [Fact]
    public void Run_ARepositoryForAToolThatTakesItWhole_IsLeftAsItIs()
    {
        var schema = JsonNode.Parse("""{"type":"object","properties":{"repo":{"type":"string"}},"required":["repo"]}""")!.AsObject();

        var (arguments, _) = ArgumentCheck.Run(schema, new JsonObject { ["repo"] = "acme/shop" });

        Assert.Equal("acme/shop", (string?)arguments["repo"]);
    }
}
