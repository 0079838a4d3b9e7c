using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Weft.Api.Tests;

/// <summary>The pipeline over another host's services, without a server of its own: as a function host enters it.</summary>
public sealed class PipelineTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("weft-pipeline-").FullName;
    private IHost _host = null!; // InitializeAsync comes first.
    private RequestDelegate _pipeline = null!; // InitializeAsync comes first.

    public async Task InitializeAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddLogging();
        ApiHost.AddServices(builder.Services, _folder);
        _host = builder.Build();
        await _host.StartAsync();
        _pipeline = WeftApiPipeline.Build(_host.Services);
    }

    [Fact]
    public async Task ARequest_IsRoutedAndAnswered()
    {
        var (put, _) = await SendAsync("PUT", "/api/v1/workflows/greet", Texts.Greet(), "application/yaml");
        var (status, body) = await SendAsync(
            "POST", "/api/v1/workflows/execute", """{"workflow_id": "greet", "input_data": {"name": "Ada"}}""", "application/json");

        Assert.Equal(201, put);
        Assert.Equal(200, status);
        Assert.Equal("completed", JsonNode.Parse(body)!["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "route_not_found")]
    [InlineData("PATCH", "/api/v1/workflows", 405, "method_not_allowed")]
    [InlineData("POST", "/api/v1/workflows/execute", 400, "invalid_body")]
    public async Task AFailure_IsAProblemAndNoException(string method, string path, int expected, string code)
    {
        var (status, body) = await SendAsync(method, path, null, null);

        Assert.Equal(expected, status);
        Assert.Equal(code, JsonNode.Parse(body)!["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task TheOpenApiDocument_IsThereToo()
    {
        var (status, body) = await SendAsync("GET", "/openapi/v1.json", null, null);

        Assert.Equal(200, status);
        Assert.Contains("/api/v1/workflows/execute", body);
    }

    public async Task DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<(int Status, string Body)> SendAsync(string method, string path, string? body, string? contentType)
    {
        await using var scope = _host.Services.CreateAsyncScope();
        using var answer = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider };
        context.Request.Method = method;
        context.Request.Path = path;
        context.Request.ContentType = contentType;
        context.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body ?? ""));
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(answer));
        await _pipeline(context);
        await context.Response.CompleteAsync();
        return (context.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()));
    }
}
