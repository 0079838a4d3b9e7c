using System.Diagnostics;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Weft.Agents.Models;
using Weft.Agents.Tools;
using Weft.Api.Operations;
using Weft.Api.Security;
using Weft.Language;
using Weft.Runtime.Executions;
using Weft.Runtime.Operations;

namespace Weft.Api;

/// <summary>Registers the HTTP API.</summary>
public static class WeftApiServiceCollectionExtensions
{
    /// <summary>
    /// Adds the API and what it serves: workflows, agents, executions, models, tools, memory. The host brings the store, the engine and the
    /// orchestrators.
    /// </summary>
    public static IServiceCollection AddWeftApi(this IServiceCollection services)
    {
        services.AddWorkflows();
        services.AddModels();
        services.AddTools();
        services.AddOperations();
        services.AddRouting();

        // A web host has one; the router asks for it in any host.
        services.TryAddSingleton(_ => new DiagnosticListener("Microsoft.AspNetCore"));
        services.TryAddSingleton<DiagnosticSource>(s => s.GetRequiredService<DiagnosticListener>());
        services.AddOptionsWithValidateOnStart<ApiOptions>().BindConfiguration(ApiOptions.Section).ValidateDataAnnotations();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<ApiOptions>, ApiOptionsValidator>());
        services.TryAddSingleton<MetricsCollector>();
        services.TryAddSingleton<AccessCheck>();
        services.Configure<JsonOptions>(options =>
        {
            var json = options.SerializerOptions;
            json.PropertyNamingPolicy = WeftJson.Options.PropertyNamingPolicy;
            json.DefaultIgnoreCondition = WeftJson.Options.DefaultIgnoreCondition;
            json.NumberHandling = WeftJson.Options.NumberHandling;
            json.MaxDepth = WeftJson.Options.MaxDepth;
            json.Encoder = WeftJson.Options.Encoder;
            json.AllowOutOfOrderMetadataProperties = WeftJson.Options.AllowOutOfOrderMetadataProperties;
            foreach (var converter in WeftJson.Options.Converters)
            {
                json.Converters.Add(converter);
            }
        });
        services.AddOpenApi("v1", options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new() { Title = "Weft", Version = "v1",
                Description = "Runs AI-agent workflows: durable executions, agents, models, tools, costs. /api/v0 is the same API." };
            return Task.CompletedTask;
        }));
        return services;
    }
}
