using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Weft.Extending.Tests.Hosts;

namespace Weft.Extending.Tests.Routes;

public sealed class RouteTests(OwnServer server) : IClassFixture<OwnServer>
{
    [Fact]
    public async Task Route_BesideTheApi_AnswersInItsForm()
    {
        await server.PutAsync("greeting", "Routes/greeting.yaml");
        await server.RunAsync("greeting", new JsonObject { ["name"] = "Ada" });
        await server.RunAsync("greeting", []);

        var answer = await server.Client.GetStringAsync("api/v1/workflows/greeting/success");

        Assert.Equal("""{"ended_count":2,"completed_count":1}""", answer);
    }

    [Fact]
    public async Task Fault_OfARouteBesideTheApi_IsAProblem()
    {
        using var answer = await server.Client.GetAsync("api/v1/workflows/nobody/success");

        var problem = await answer.Content.ReadFromJsonAsync<JsonObject>();
        Assert.Equal((HttpStatusCode.NotFound, "workflow_not_found"), (answer.StatusCode, problem!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Document_OfTheApi_HasTheRoute()
    {
        var document = await server.Client.GetFromJsonAsync<JsonObject>("openapi/v1.json");

        Assert.NotNull(document!["paths"]!["/api/v1/workflows/{workflowId}/success"]!["get"]);
    }
}
