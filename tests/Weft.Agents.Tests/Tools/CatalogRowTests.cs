using System.Text.Json.Nodes;
using Weft.Agents.Storage;
using Weft.Agents.Tests.Storage;
using Weft.Agents.Tools.Providers.Composio;

namespace Weft.Agents.Tests.Tools;

/// <summary>The rows of the catalog are written by hand, so no sample of a record holds their form.</summary>
public sealed class CatalogRowTests
{
    private readonly MemoryRecordStore _store = new();

    [Fact]
    public async Task Action_OfTheCatalog_IsWrittenAsEver()
    {
        var tool = new ComposioTool("SHOPIFY_GET_ORDER", "shopify")
        {
            Name = "Get order",
            Description = "Reads an order",
            Input = new JsonObject { ["type"] = "object" },
            Output = new JsonObject { ["type"] = "string" },
            NoAuth = true,
            Version = "20260101",
            Tags = ["readOnlyHint"],
            Deprecated = true,
        };

        var rows = await RowsAsync(AppActions.Of("shopify", [tool], new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc), "\"tag\""));

        Assert.Equal(
            """{"slug":"SHOPIFY_GET_ORDER","name":"Get order","description":"Reads an order","toolkit":{"slug":"shopify"},"""
            + "\"input_parameters\":{\"type\":\"object\"},\"output_parameters\":{\"type\":\"string\"},\"no_auth\":true,"
            + "\"version\":\"20260101\",\"tags\":[\"readOnlyHint\"],\"is_deprecated\":true}",
            rows.Single(r => r.Key.Row.StartsWith("a|", StringComparison.Ordinal)).Json);
    }

    [Fact]
    public async Task Head_OfTheCatalog_IsWrittenAsEver()
    {
        var rows = await RowsAsync(AppActions.Of("shopify", [], new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc), "\"tag\""));

        var head = JsonNode.Parse(Assert.Single(rows).Json)!.AsObject();
        Assert.Equal(12, ((string?)head["generation"])!.Length);
        Assert.True(head.Remove("generation"));
        Assert.Equal("""{"fetched_at":"2026-03-04T05:06:07Z","etag":"\u0022tag\u0022","count":0}""", head.ToJsonString());
    }

    private async Task<IReadOnlyList<Row>> RowsAsync(AppActions actions)
    {
        await new CatalogRows(_store).WriteAsync(actions, CancellationToken.None);
        return (await _store.QueryAsync(new RowRange("tool_catalog", "shopify"), CancellationToken.None)).Rows;
    }
}
