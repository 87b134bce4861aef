import type { FastifyInstance } from 'fastify';
import type { MediaStore } from '../channels/media-store.ts';

/** `/media/<id>/<signature>`: files that we sent a link to; the address cannot be guessed. */
export async function mediaRoutes(app: FastifyInstance, media: MediaStore): Promise<void> {
  app.get<{ Params: { id: string; signature: string } }>('/media/:id/:signature', async (request, reply) => {
    const { body, mime, filename } = await media.readSigned(request.params.id, request.params.signature);
    return reply
      .type(mime)
      .header('content-disposition', `inline; filename="${filename.replace(/[^\w. -]/g, '_')}"`)
      .header('cross-origin-resource-policy', 'cross-origin')
      .send(body);
  });
}
